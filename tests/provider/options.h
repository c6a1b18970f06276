#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "items.h"

namespace provider {

/// How the service behaves; the text of usage() says what each is for.
struct Options {
  bool locked = false;
  bool hide_attributes = false;
  bool dismiss = false;
  bool answer_prompt = true;
  bool has_default = true;
  bool add_schema = false;
  PathStyle paths;
  std::set<std::string> hang;
  std::set<std::string> deny;
  std::string error = "org.freedesktop.DBus.Error.AccessDenied";
  std::vector<std::pair<Attributes, std::string>> items;
  std::string spoil;
  std::string log_file;
  std::string state_file;
};

const char* usage();

/// Throws std::invalid_argument for what it does not know: a misspelt switch must not pass as a well-behaved service.
Options parse_options(const std::vector<std::string>& arguments);

}  // namespace provider
