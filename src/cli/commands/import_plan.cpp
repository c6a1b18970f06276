#include "cli/commands/import_plan.h"

#include <algorithm>
#include <map>

#include "cli/agent_markers.h"
#include "cli/commands/store_outcome.h"
#include "cli/commands/store_values.h"
#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

// Settings that go with a server's secret, by their names; nothing where two servers have one of that name.
class Settings {
 public:
  Result<std::string> server_of(Context& context, const std::string& name) {
    if (!loaded_) MCPCRED_CHECK(load(context));
    const auto at = servers_.find(name);
    return at == servers_.end() ? std::string() : at->second;
  }

 private:
  Result<void> load(Context& context) {
    MCPCRED_TRY(catalog, context.catalog());
    for (const std::string& id : catalog->ids()) {
      const auto server = catalog->find(id);
      if (!server || !*server) continue;
      for (const Companion& companion : (*server)->companions)
        if (!companion.secret && !servers_.emplace(companion.name, id).second) servers_[companion.name].clear();
    }
    loaded_ = true;
    return {};
  }

  bool loaded_ = false;
  std::map<std::string, std::string> servers_;
};

Result<void> check_names(const ImportOptions& options, const ImportedFile& content) {
  for (const std::string& name : options.names) {
    const auto is_it = [&](const auto& other) { return other.name == name; };
    if (std::any_of(content.values.begin(), content.values.end(), is_it) ||
        std::any_of(content.refused.begin(), content.refused.end(), is_it))
      continue;
    return fail(ErrorCode::kNotFound,
                "the file has no " + (looks_like_secret(name) ? "such name" : printable(name.substr(0, 40))),
                "names are case-sensitive; nothing was imported");
  }
  return {};
}

ImportBatch& batch_of(Context& context, const AccountName& account, Target target, std::vector<ImportBatch>& batches) {
  if (target.server)
    for (ImportBatch& batch : batches)
      if (batch.target.server && batch.target.server->id == target.server->id) return batch;
  StoreRequest request = make_store_request(context, target, account);
  return batches.emplace_back(ImportBatch{std::move(target), std::move(request)});
}

// An error of any step is a line of the file that is refused.
Result<void> add_variable(Context& context, const AccountName& account, const StoreTraits& traits, Target target,
                          ImportedValue& value, ImportPlan& plan) {
  MCPCRED_CHECK(check_put(traits, value.value));
  const VariableName variable = target.variables.front();
  MCPCRED_TRY(made, make_value(target, variable, value.value.clone()));
  batch_of(context, account, std::move(target), plan.batches).request.values.push_back(std::move(made));
  plan.values.emplace_back(EntryKey(variable, account), std::move(value.value));
  return {};
}

Result<void> add_setting(Context& context, const AccountName& account, const std::string& server,
                         const ImportedValue& value, ImportPlan& plan) {
  MCPCRED_TRY(target, resolve_target(context, server));
  ImportBatch& batch = batch_of(context, account, std::move(target), plan.batches);
  // A setting is no secret; the registry keeps it in plain text.
  MCPCRED_TRY(setting, companion_value(batch.target, batch.request, value.name, std::string(value.value.reveal())));
  plan.settings.push_back(setting);
  batch.request.companions.push_back(std::move(setting));
  return {};
}

// Takes out of the batches what is there already.
Result<void> compare_with_stored(Context& context, ImportPlan& plan) {
  MCPCRED_TRY(credentials, context.credentials());
  MCPCRED_TRY(registry, context.registry());
  MCPCRED_TRY(store_name, context.store_name());
  std::vector<EntryKey> keys;
  for (const auto& [key, value] : plan.values) keys.push_back(key);
  MCPCRED_TRY(present, credentials->load_many(*registry, keys));
  plan.tells_equality = may_tell_equality(context.outside().environment);
  for (ImportBatch& batch : plan.batches) {
    std::erase_if(batch.request.values, [&](const NewValue& value) {
      const EntryKey key(value.variable, batch.request.account);
      const auto at = static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin());
      if (!present[at]) return false;
      batch.request.replace = true;
      if (!plan.tells_equality || !(*present[at] == value.value)) {
        plan.replaced.push_back(key.variable());
        return false;
      }
      // An equal value that another program put there, or that a killed command left, becomes ours.
      const Credential* known = registry->find(key);
      if (known == nullptr || known->pending || known->store != *store_name) return false;
      plan.unchanged.push_back(key.variable());
      return true;
    });
    std::erase_if(batch.request.companions, [&](const CompanionValue& setting) {
      const std::string* stored = registry->companion(setting.server, setting.account, setting.name);
      if (stored == nullptr) return false;
      (*stored == setting.value ? plan.unchanged : plan.replaced).push_back(setting.name);
      return *stored == setting.value;
    });
  }
  std::erase_if(plan.batches, [](const ImportBatch& batch) {
    return batch.request.values.empty() && batch.request.companions.empty();
  });
  return {};
}

}  // namespace

Result<ImportPlan> plan_import(Context& context, const ImportOptions& options, ImportedFile content) {
  MCPCRED_CHECK(check_names(options, content));
  MCPCRED_TRY(account, context.account());
  MCPCRED_TRY(catalog, context.catalog());
  MCPCRED_TRY(store, context.store());
  MCPCRED_CHECK(check_put(store->traits(), Secret::copy_of("x")));  // a read-only store is told once
  const auto wanted = [&](const std::string& name) {
    return options.names.empty() || std::find(options.names.begin(), options.names.end(), name) != options.names.end();
  };
  ImportPlan plan;
  plan.lost = std::move(content.lost);
  Settings settings;
  for (ImportProblem& problem : content.refused) {
    if (wanted(problem.name))
      plan.refused.push_back(std::move(problem));
    else
      plan.left_out.push_back(problem.name);
  }
  for (ImportedValue& value : content.values) {
    if (!wanted(value.name)) {
      plan.left_out.push_back(value.name);
      continue;
    }
    if (value.value.empty()) {
      plan.skipped.push_back({value.line, value.line, value.name, "has no value", {}});
      continue;
    }
    std::string server;
    if (!catalog->server_of(value.name)) {
      MCPCRED_TRY(found, settings.server_of(context, value.name));
      server = found;
    }
    Result<void> added;
    if (!server.empty()) {
      added = add_setting(context, account, server, value, plan);
    } else if (auto target = resolve_target(context, "$" + value.name)) {
      added = add_variable(context, account, store->traits(), std::move(*target), value, plan);
    } else {
      added = Unexpected(std::move(target).error());
    }
    if (!added) plan.refused.push_back({value.line, value.line, value.name, added.error().message, added.error().hint});
  }
  MCPCRED_CHECK(compare_with_stored(context, plan));
  return plan;
}

Result<void> verify_import(Context& context, const ImportPlan& plan) {
  MCPCRED_TRY(name, context.store_name());
  MCPCRED_TRY(store, context.open_store(*name));
  std::vector<EntryKey> keys;
  for (const auto& [key, value] : plan.values) keys.push_back(key);
  MCPCRED_TRY(stored, store->get_many(keys));
  std::string differing;
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (!stored[i] || !(*stored[i] == plan.values[i].second)) differing = keys[i].variable();
  MCPCRED_TRY(file, context.registry_file());
  MCPCRED_TRY(registry, file->load());
  for (const CompanionValue& setting : plan.settings) {
    const std::string* value = registry.companion(setting.server, setting.account, setting.name);
    if (value == nullptr || *value != setting.value) differing = setting.name;
  }
  if (differing.empty()) return {};
  return fail(ErrorCode::kConflict, differing + " did not come back from the store as it stands in the file",
              "the file was left; look at the store: mcpcred check --read");
}

}  // namespace mcpcred::cli
