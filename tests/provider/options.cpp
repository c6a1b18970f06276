#include "options.h"

#include <stdexcept>

namespace provider {
namespace {

// "service=S,account=A:VALUE"; the value may hold anything, attributes neither comma nor colon.
std::pair<Attributes, std::string> parse_item(const std::string& text) {
  const auto colon = text.find(':');
  if (colon == std::string::npos) throw std::invalid_argument("--item wants NAME=TEXT[,…]:VALUE");
  Attributes attributes;
  std::size_t start = 0;
  while (start < colon) {
    const auto end = std::min(text.find(',', start), colon);
    const auto equals = text.find('=', start);
    if (equals >= end) throw std::invalid_argument("an attribute of --item has no '='");
    attributes[text.substr(start, equals - start)] = text.substr(equals + 1, end - equals - 1);
    start = end + 1;
  }
  return {attributes, text.substr(colon + 1)};
}

}  // namespace

const char* usage() {
  return "secret_provider: owns org.freedesktop.secrets on the session bus, says \"ready\", and behaves as told:\n"
         "  --item A=B[,C=D]:VALUE  an item that is there at the start; may be repeated\n"
         "  --state FILE      items are kept there from one start to the next\n"
         "  --locked          until the prompt of Unlock is through\n"
         "  --hide-attributes what is locked shows only hashes of its attributes, as gnome-keyring does after its "
         "start\n"
         "  --dismiss         the person closes every prompt\n"
         "  --never-answer-prompt\n"
         "  --no-default      no collection has the alias \"default\"\n"
         "  --add-schema      every item gains xdg:schema, as gnome-keyring does when it has saved its file\n"
         "  --first-path N    items are numbered from N on\n"
         "  --reverse-paths   the items of the start are numbered in reverse: each address holds another's value\n"
         "  --big-paths       1000 characters more in each item's path\n"
         "  --hang METHOD     calls of it are never answered; may be repeated\n"
         "  --deny METHOD     calls of it are answered by --error; may be repeated\n"
         "  --error NAME      else org.freedesktop.DBus.Error.AccessDenied\n"
         "  --spoil VALUE     loses the last byte of this value when it is stored, and says nothing\n"
         "  --log FILE        a line for each call: method, path, attributes or paths it names; never a value\n";
}

Options parse_options(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto& name = arguments[i];
    const auto value = [&]() -> const std::string& {
      if (++i == arguments.size()) throw std::invalid_argument(name + " wants a value");
      return arguments[i];
    };
    if (name == "--item") {
      options.items.push_back(parse_item(value()));
    } else if (name == "--state") {
      options.state_file = value();
    } else if (name == "--locked") {
      options.locked = true;
    } else if (name == "--hide-attributes") {
      options.hide_attributes = true;
    } else if (name == "--dismiss") {
      options.dismiss = true;
    } else if (name == "--never-answer-prompt") {
      options.answer_prompt = false;
    } else if (name == "--no-default") {
      options.has_default = false;
    } else if (name == "--add-schema") {
      options.add_schema = true;
    } else if (name == "--first-path") {
      options.paths.first = std::stoul(value());
    } else if (name == "--reverse-paths") {
      options.paths.reverse = true;
    } else if (name == "--big-paths") {
      options.paths.big = true;
    } else if (name == "--hang") {
      options.hang.insert(value());
    } else if (name == "--deny") {
      options.deny.insert(value());
    } else if (name == "--error") {
      options.error = value();
    } else if (name == "--spoil") {
      options.spoil = value();
    } else if (name == "--log") {
      options.log_file = value();
    } else {
      throw std::invalid_argument("no such switch: " + name);
    }
  }
  return options;
}

}  // namespace provider
