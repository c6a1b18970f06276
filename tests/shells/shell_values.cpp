// The values that tests/e2e/shell_values.test.sh sends through a real shell, and what looks at them from the inside.
//   shell_values make SYNTAX FOLDER   FOLDER/batch.000, …: what `export` writes for 200 values each; FOLDER/expected:
//                                     the values, a NUL behind each; FOLDER/hostile: the batch of the hostile ones.
//                                     Prints how many values there are, and how many more the syntax refuses
//   shell_values dump FILE            adds the values of V_000, V_001, … of the environment to FILE
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "mcpcred/shell.h"

namespace mcpcred::test {
namespace {

constexpr std::size_t kBatch = 200;
constexpr int kRandomValues = 10000;

const std::vector<std::string> kHostile = {"'; touch pwn; '",
                                           "$(touch pwn)",
                                           "`touch pwn`",
                                           "'$(touch pwn)'",
                                           "\\'; touch pwn; \\'",
                                           "'\ntouch pwn\n'",
                                           "\"; touch pwn; \"",
                                           "'); (touch pwn); ('",
                                           "; touch pwn",
                                           "| touch pwn",
                                           "& touch pwn",
                                           "\ntouch pwn\n",
                                           "(touch pwn)",
                                           "{ touch pwn }",
                                           "$(^touch pwn)",
                                           "\" | ^touch pwn | \"",
                                           "!event",
                                           "!!",
                                           "!touch",
                                           "a!b\"!c",
                                           "^touch^pwn^",
                                           "%PATH%",
                                           "%%PATH%%",
                                           "^&",
                                           "^",
                                           "& echo",
                                           "\xe2\x80\x98\xe2\x80\x99\xe2\x80\x9a\xe2\x80\x9b",
                                           "\xe2\x80\x9c\xe2\x80\x9d\xe2\x80\x9e",
                                           "back\\",
                                           "\\",
                                           "\\\\",
                                           "\\'",
                                           "\\n\\x41\\u{41}\\e",
                                           "line\nline",
                                           "\n",
                                           "\n\n",
                                           "trailing\n",
                                           "\r",
                                           "trailing\r",
                                           "\r\n",
                                           "a\r\nb\r\n",
                                           "\xf0\x9f\x98\x80",
                                           "z\xc3\xbcrich \xe2\x98\x83",
                                           "\xff\xfe",
                                           "\xc3",
                                           "a\xed\xa0\x80z",
                                           "\xef\xbb\xbfmark",
                                           "\xc2\x85\xe2\x80\xa8\xe2\x80\xa9",
                                           "'",
                                           "''",
                                           "'''",
                                           "\"",
                                           "\"\"\"",
                                           "-n",
                                           "-e",
                                           "--",
                                           "=",
                                           "a=b",
                                           "#",
                                           "# not a comment",
                                           " ",
                                           "  two  ",
                                           "\t",
                                           " \t\n ",
                                           "~",
                                           "~root",
                                           "*",
                                           "?",
                                           "[a-z]",
                                           "{a,b}",
                                           "{1..3}",
                                           "$HOME",
                                           "${HOME}",
                                           "$env.HOME",
                                           "$",
                                           "$$",
                                           "$'\\n'",
                                           "FOO=bar\nLD_PRELOAD=/x",
                                           "\x1b]0;x\x07",
                                           "\x01\x02\x7f",
                                           "1",
                                           "0x10",
                                           "true",
                                           "null",
                                           "1kb",
                                           "2026-11-24",
                                           "{\"a\": [1, \"b\"]}",
                                           "[1, 2]",
                                           "EOF",
                                           "\x1a"};

void append_utf8(std::string& text, unsigned code) {
  const auto add = [&](unsigned byte) { text += static_cast<char>(byte); };
  if (code < 0x80) return add(code);
  if (code < 0x800)
    add(0xc0U | code >> 6U);
  else if (code < 0x10000)
    add(0xe0U | code >> 12U), add(0x80U | (code >> 6U & 0x3fU));
  else
    add(0xf0U | code >> 18U), add(0x80U | (code >> 12U & 0x3fU)), add(0x80U | (code >> 6U & 0x3fU));
  add(0x80U | (code & 0x3fU));
}

std::string random_bytes(std::mt19937& random) {
  std::string value(1 + random() % 24, '\0');
  for (char& c : value) c = static_cast<char>(1 + random() % 255);
  return value;
}

// Letters of all planes, with many of the characters that mean something to a shell.
std::string random_text(std::mt19937& random) {
  constexpr std::string_view kSpecial = "'\"\\$`!%^&|<>(){}[]*?~#;=\n\r\t -";
  std::string value;
  const auto below = [&](std::size_t limit) { return static_cast<unsigned>(random() % limit); };
  for (unsigned left = 1 + below(24); left > 0; --left) {
    const unsigned kind = below(8);
    unsigned code = kind < 4    ? static_cast<unsigned char>(kSpecial[below(kSpecial.size())])
                    : kind == 4 ? 1 + below(0x7f)
                    : kind == 5 ? 0x80 + below(0x780)
                    : kind == 6 ? 0x800 + below(0xf800)
                                : 0x10000 + below(0x100000);
    if (code >= 0xd800 && code < 0xe000) code = 0x2019;
    append_utf8(value, code);
  }
  return value;
}

// Every byte alone and inside of a text, then those that random makes.
std::vector<std::string> other_values() {
  std::vector<std::string> values;
  std::string every_byte;
  for (unsigned byte = 1; byte < 256; ++byte) {
    const auto c = static_cast<char>(byte);
    values.push_back(std::string(1, c));
    values.push_back(std::string("a") + c + "b");
    every_byte += c;
  }
  values.push_back(every_byte);
  values.push_back(every_byte.substr(0, 0x7f));
  std::mt19937 random(20261124);
  for (int i = 0; i < kRandomValues; ++i) values.push_back(random_bytes(random));
  for (int i = 0; i < kRandomValues; ++i) values.push_back(random_text(random));
  return values;
}

std::string number(std::size_t value) {
  std::string text = std::to_string(value);
  return std::string(text.size() < 3 ? 3 - text.size() : 0, '0') + text;
}

bool write_batch(const ExportSyntax& syntax, const std::vector<std::string>& values, const std::string& path) {
  std::vector<Secret> secrets;
  secrets.reserve(values.size());
  std::vector<ExportItem> items;
  for (std::size_t i = 0; i < values.size(); ++i) {
    secrets.push_back(Secret::copy_of(values[i]));
    items.push_back({"V_" + number(i), &secrets.back()});
  }
  const auto text = format_export(syntax, items);
  if (!text) {
    std::cerr << text.error().message << "\n";
    return false;
  }
  std::ofstream file(path, std::ios::binary);
  file << text->reveal();
  return file.good();
}

int make(std::string_view name, const std::string& folder) {
  const ExportSyntax* syntax = find_export_syntax(name);
  if (syntax == nullptr) return 2;
  std::vector<std::string> held;
  std::size_t refused = 0;
  // The last batch is filled up: a shorter one would show what the one before left in the shell.
  const auto fill_up = [&] {
    while (held.size() % kBatch != 0) held.push_back("filler");
  };
  const auto take = [&](const std::vector<std::string>& values) {
    for (const std::string& value : values)
      if (syntax->can_hold(value))
        held.push_back(value);
      else
        ++refused;
  };
  take(kHostile);
  fill_up();
  if (!write_batch(*syntax, held, folder + "/hostile")) return 1;
  const std::size_t hostile = held.size();
  take(other_values());
  fill_up();
  std::ofstream expected(folder + "/expected", std::ios::binary);
  for (const std::string& value : held) expected << value << '\0';
  std::ofstream first(folder + "/expected-hostile", std::ios::binary);
  for (std::size_t i = 0; i < hostile; ++i) first << held[i] << '\0';
  for (std::size_t begin = 0; begin < held.size(); begin += kBatch) {
    const auto from = held.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto to = held.begin() + static_cast<std::ptrdiff_t>(std::min(begin + kBatch, held.size()));
    if (!write_batch(*syntax, {from, to}, folder + "/batch." + number(begin / kBatch))) return 1;
  }
  std::cout << held.size() << " " << refused << "\n";
  return first.good() && expected.good() ? 0 : 1;
}

int dump(const std::string& path) {
  std::ofstream file(path, std::ios::binary | std::ios::app);
  for (std::size_t i = 0; i < kBatch; ++i) {
    const char* value = std::getenv(("V_" + number(i)).c_str());
    if (value == nullptr) break;
    file << value << '\0';
  }
  return file.good() ? 0 : 1;
}

}  // namespace
}  // namespace mcpcred::test

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 3 && words[0] == "make") return mcpcred::test::make(words[1], words[2]);
  if (words.size() == 2 && words[0] == "dump") return mcpcred::test::dump(words[1]);
  std::cerr << "usage: shell_values make SYNTAX FOLDER | dump FILE\n";
  return 2;
}
