#include <algorithm>

#include "mcpcred/check.h"

namespace mcpcred {

Schedule schedule_for(const CatalogServer* server, Timestamp stored, std::optional<Date> expires) {
  if (expires) return {expires, "expiry"};
  if (server == nullptr) return {};
  const Date day = std::chrono::floor<std::chrono::days>(stored);
  if (!server->rotate_days) {
    if (!server->max_days) return {};
    return {day + std::chrono::days(*server->max_days), "provider"};
  }
  if (server->max_days && *server->max_days < *server->rotate_days)
    return {day + std::chrono::days(*server->max_days), "provider"};
  return {day + std::chrono::days(*server->rotate_days),
          server->rotate_source.empty() ? "default" : server->rotate_source};
}

}  // namespace mcpcred
