#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "catch.h"
#include "mcpcred/import.h"

// tests/data/dotenv/cases.json holds what the real parsers answered (record.py there): npm dotenv 18.0, python-dotenv
// 1.2.4, godotenv 1.5.1, compose-go 2.16.2, and for Ruby the source of the gem dotenv 3's parser, run by Ruby 3.1 with
// a stand-in for the running of commands (<<RAN>>): the gem itself could not be fetched.
namespace mcpcred {
namespace {

using Values = std::map<std::string, std::string>;

Values values_of(const ImportedFile& file) {
  Values values;
  for (const ImportedValue& value : file.values)
    if (!value.value.empty()) values.emplace(value.name, value.value.reveal());
  return values;
}

std::string shown(const ImportedFile& file) {
  std::string text;
  for (const ImportProblem& problem : file.refused)
    text += std::to_string(problem.line) + "-" + std::to_string(problem.last_line) + " " + problem.name + ": " +
            problem.reason + "\n";
  return text;
}

nlohmann::json cases() {
  std::ifstream file(MCPCRED_DATA "/dotenv/cases.json");
  return nlohmann::json::parse(file);
}

ImportedFile parsed(std::string_view text, std::optional<DotenvDialect> dialect = std::nullopt) {
  auto file = parse_dotenv(text, dialect);
  REQUIRE(file);
  return std::move(*file);
}

}  // namespace

TEST_CASE("dotenv: in a dialect a value is what the real parser reads, or the line is refused") {
  for (const auto& one : cases()) {
    const auto text = one.at("text").get<std::string>();
    for (const DotenvDialect dialect : all_dialects()) {
      const auto& real = one.at("real").at(std::string(dialect_name(dialect)));
      const ImportedFile file = parsed(text, dialect);
      INFO(one.at("name") << " in " << dialect_name(dialect) << "\n" << shown(file));
      if (real.is_null()) {
        // The real one gave the whole file up. A byte order mark is ours to drop.
        if (one.at("name") != "byte order mark") CHECK_FALSE(file.refused.empty());
        continue;
      }
      const Values ours = values_of(file);
      for (const auto& [name, value] : ours) CHECK(value == real.value(name, "(no such name)"));
      if (file.refused.empty()) {
        for (const auto& [name, value] : real.items()) {
          CHECK((ours.contains(name) || name.find_first_of(".-") != std::string::npos));
        }
      }
    }
  }
}

TEST_CASE("dotenv: without a dialect only what all five read the same is taken") {
  int taken = 0;
  for (const auto& one : cases()) {
    const ImportedFile file = parsed(one.at("text").get<std::string>());
    INFO(one.at("name") << "\n" << shown(file));
    for (const auto& [name, value] : values_of(file)) {
      ++taken;
      for (const auto& [dialect, real] : one.at("real").items()) {
        INFO(dialect);
        if (!real.is_null()) CHECK(value == real.value(name, "(no such name)"));
      }
    }
  }
  CHECK(taken > 40);
}

TEST_CASE("dotenv: what usual files hold is taken without a dialect") {
  const Values values =
      values_of(parsed("# made by hand\r\nexport A='one two'\r\nB=\"two\" # note\r\n\r\nC = three\r\nD='pa$word'\r\n"
                       "E=\"line 1\nline 2\"\n"));
  CHECK(values == Values{{"A", "one two"}, {"B", "two"}, {"C", "three"}, {"D", "pa$word"}, {"E", "line 1\nline 2"}});
}

TEST_CASE("B7: export, CR LF, a byte order mark and a name that stands twice have a documented result") {
  const ImportedFile file = parsed(
      "\xEF\xBB\xBF"
      "export A=one\r\nB=x\r\nA=two\r\n");
  CHECK(values_of(file) == Values{{"A", "two"}, {"B", "x"}});
  CHECK(file.refused.empty());
  REQUIRE(file.notes.size() == 1);
  CHECK(file.notes[0].name == "A");
  CHECK(file.notes[0].line == 3);
  CHECK(file.notes[0].reason.find("line 1") != std::string::npos);
  // If the line that counts is refused, the other one is not taken in its place.
  const ImportedFile doubtful = parsed("A=one\nA=\"$B\"\n");
  CHECK(doubtful.values.empty());
  CHECK(doubtful.refused.size() == 2);
}

TEST_CASE("dotenv: nothing is expanded and nothing run, in any dialect") {
  for (const DotenvDialect dialect : {DotenvDialect::kRuby, DotenvDialect::kGo, DotenvDialect::kCompose}) {
    const ImportedFile file = parsed("A=\"x${HOME}\"\nB=x$HOME\n", dialect);
    INFO(dialect_name(dialect));
    CHECK(file.values.empty());
    REQUIRE(file.refused.size() == 2);
    CHECK(file.refused[0].reason.find("expand") != std::string::npos);
  }
  CHECK(parsed("A=$(touch pwn)\n", DotenvDialect::kRuby).refused.at(0).reason.find("run") != std::string::npos);
  CHECK(values_of(parsed("A=$(touch pwn)\n", DotenvDialect::kNode)) == Values{{"A", "$(touch pwn)"}});
  CHECK(values_of(parsed("A='x$HOME'\n")) == Values{{"A", "x$HOME"}});
}

TEST_CASE("dotenv: a line that is refused is named by number and name, never with its value") {
  const ImportedFile file = parsed("OK=1\nTOKEN=\"tok\\ten\\\\value\"\n");
  REQUIRE(file.refused.size() == 1);
  const ImportProblem& problem = file.refused[0];
  CHECK(problem.line == 2);
  CHECK(problem.name == "TOKEN");
  CHECK(problem.hint.find("--dialect") != std::string::npos);
  CHECK((problem.reason + problem.hint).find("value\"") == std::string::npos);
}

TEST_CASE("dotenv: pieces of a key that was pasted without quotes are neither stored nor shown") {
  const ImportedFile file =
      parsed("KEY=-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIBAQC7\nQx3b=\nMc5==\n");
  CHECK(values_of(file).size() == 1);
  for (const ImportedValue& value : file.values) CHECK(value.name == "KEY");
  CHECK(file.refused.size() == 4);
  for (const ImportProblem& problem : file.refused) CHECK(problem.name.empty());
}

TEST_CASE("dotenv: a name that a later, doubtful line may set is not taken, also where that line quotes it") {
  for (const std::string_view text :
       {"A=one\n'A'=x' B='y'\n", "A=one\n\"A\" = x' B='y'\n", "A=one\nexport 'A'=$(x)\n"}) {
    INFO(text);
    CHECK(values_of(parsed(text)).count("A") == 0);
  }
}

TEST_CASE("dotenv: text that is none is refused as a whole") {
  CHECK(parse_dotenv("A=b\xFF\n", std::nullopt).error().code == ErrorCode::kInvalidInput);
  CHECK(parse_dotenv(std::string("A=b\0c\n", 6), std::nullopt).error().code == ErrorCode::kInvalidInput);
  CHECK(parse_dotenv("A=b\rC=d\n", std::nullopt).error().message.starts_with("line 1:"));
  CHECK(parse_dotenv(std::string(kMaxImportBytes + 1, 'A'), std::nullopt).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("JSON import: names and texts; the rest is refused with its place") {
  auto file = parse_json_variables(
      "{\n \"A\": \"one\",\n \"B\": 3,\n \"C\": {\"x\": \"y\"},\n \"a b\": \"z\",\n \"D\": \"\"\n}\n");
  REQUIRE(file);
  CHECK(values_of(*file) == Values{{"A", "one"}});
  CHECK(shown(*file) ==
        "3-3 B: the value is a number, not a text\n4-4 C: the value is an object, not a text\n"
        "5-5 a b: the name of member 4 cannot be a variable's name\n");
}

TEST_CASE("JSON import: members are counted in the file's order, and a name is shown unless it may be a secret") {
  const auto file = parse_json_variables(
      R"({"Z": "1", "x": {"n": ["a", {"y": "\\"}]}, "a\u002db": ",", "ghp_0123456789abcdefghijABCDEFGHIJ012345": "2", "A": "3"})");
  REQUIRE(file);
  CHECK(shown(*file) ==
        "1-1 x: the value is an object, not a text\n1-1 a-b: the name of member 3 cannot be a variable's name\n"
        "1-1 : the name of member 4 cannot be a variable's name\n");
  REQUIRE(file->values.size() == 2);
  CHECK(file->values.front().name == "Z");
}

TEST_CASE("dotenv: a quote that nothing closes is called that, within the lines of the file") {
  for (const std::string_view text : {"A=\"x\nB=y\n", "A=\"x\nB=y", "A='x$C\nB=y\n"}) {
    const ImportedFile file = parsed(text);
    INFO(shown(file));
    REQUIRE(file.refused.size() == 1);
    CHECK(file.refused[0].line == 1);
    CHECK(file.refused[0].last_line == 2);
    CHECK(file.refused[0].name == "A");
    CHECK(file.refused[0].reason == "a quote that is never closed");
  }
  // Closed for some of them.
  CHECK(parsed("A='x\\'\n").refused.at(0).reason.starts_with("read otherwise by"));
}

TEST_CASE("dotenv: what would be lost with the file is told by line, never by value") {
  const ImportedFile file = parsed("D=1\n#OLD=keepme\nD=2\n# two words = no\n# export X='\n#E=\nD=2\n");
  REQUIRE(file.lost.size() == 3);
  CHECK(file.lost[0].line == 1);
  CHECK(file.lost[1].line == 2);
  CHECK(file.lost[1].name == "OLD");
  CHECK(file.lost[2].name == "X");
  CHECK(parsed("A=\"1\n# B=2\n\"\n", DotenvDialect::kNode).lost.empty());
}

TEST_CASE("B8: JSON import with a name that stands twice is refused with the place") {
  const auto twice = parse_json_variables("{\n \"A\": \"one\",\n \"A\": \"two\"}");
  REQUIRE_FALSE(twice);
  CHECK(twice.error().code == ErrorCode::kInvalidInput);
  CHECK(twice.error().message.starts_with("line 3, byte"));
  CHECK(parse_json_variables("[\"A\"]").error().code == ErrorCode::kInvalidInput);
  CHECK(parse_json_variables("{\"A\": \"b\"} x").error().code == ErrorCode::kInvalidInput);
}

}  // namespace mcpcred
