#include "vault/identity.h"

#include "helpers.h"
#include "vault/key_file.h"

using namespace mcpcred;
using namespace mcpcred::testing;

namespace {

const std::string kLine = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

bool is_identity(const std::string& text) {
  return age::Identity::parse(text).has_value();
}

}  // namespace

TEST_CASE("J11 identity text: comments, blank lines, CRLF and a missing last line end are fine") {
  for (const std::string& text :
       {kLine, kLine + "\n", "# comment\r\n\r\n" + kLine + "\r\n", "\n\n#AGE-SECRET-KEY-1\n" + kLine + "\n# end\n"}) {
    REQUIRE(is_identity(text));
    CHECK(age::Identity::parse(text)->key().reveal() == std::string(32, 0x42));
  }
}

TEST_CASE("J11 identity text: none, two, another kind, or something else is refused, and not repeated") {
  std::string lower = kLine;
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const std::string& text :
       {std::string(), std::string("# comment\n"), kLine + "\n" + kLine + "\n", lower, " " + kLine, kLine + " ",
        kLine.substr(0, 70), "-" + kLine, std::string("AGE-PLUGIN-YUBIKEY-1GFPYYS"), std::string("x\n") + kLine,
        kLine + std::string("\0", 1)}) {
    auto identity = age::Identity::parse(text);
    REQUIRE_FALSE(identity.has_value());
    CHECK(identity.error().code == ErrorCode::kCorrupt);
    CHECK(identity.error().message.find("GFPYYS") == std::string::npos);
  }
}

TEST_CASE("identity text is read back, and names the vault") {
  const auto identity = new_identity();
  const Secret text = identity.to_text("0123456789abcdef0123456789abcdef");
  CHECK(text.reveal().find("# vault-id: 0123456789abcdef0123456789abcdef\n") != std::string_view::npos);
  const auto back = age::Identity::parse(text.reveal());
  REQUIRE(back.has_value());
  CHECK(back->key() == identity.key());
  CHECK(back->recipient() == identity.recipient());
}

TEST_CASE("a recipient is a proper X25519 key, in lower case") {
  const std::string good = new_identity().recipient().str();
  CHECK(age::Recipient::parse(good)->str() == good);
  std::string upper = good;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  for (const std::string& bad :
       {std::string(), std::string("age1"), good + "q", upper, kLine,
        age::Recipient::from_key(std::string(32, '\0')).str(), age::Recipient::from_key(std::string(31, 'x')).str()}) {
    CHECK(code_of(age::Recipient::parse(bad)) == ErrorCode::kInvalidInput);
  }
}

TEST_CASE("J10 a key file that others may read is refused, with the chmod to type") {
  TempFolder folder;
  const std::string path = folder / "key";
  spill(path, kLine + "\n", 0400);
  CHECK(read_key_file(path)->has_value());
  for (unsigned mode : {0644U, 0440U, 0404U, 0401U, 0620U}) {
    spill(path, kLine + "\n", mode);
    auto result = read_key_file(path);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == ErrorCode::kUnsafePermissions);
    CHECK(result.error().hint == "chmod 400 " + path);
  }
}

TEST_CASE("a key file is a regular file; none is no error") {
  TempFolder folder;
  CHECK_FALSE(read_key_file(folder / "nothing")->has_value());
  CHECK_FALSE(read_key_file(folder.path()).has_value());
  REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK_FALSE(read_key_file(folder / "pipe").has_value());
}

TEST_CASE("a new key file has mode 0400 under any umask and replaces nothing") {
  TempFolder folder;
  const std::string path = folder / "new/deep/key";
  for (mode_t mask : {mode_t{0}, mode_t{077}, mode_t{0777}}) {
    std::filesystem::remove_all(folder / "new");
    const mode_t before = umask(mask);
    const auto made = create_key_file(path, secret(kLine));
    umask(before);
    REQUIRE(made.has_value());
    CHECK(*made);
    CHECK(mode_of(path) == 0400);
    CHECK(mode_of(folder / "new") == 0700);
  }
  CHECK_FALSE(*create_key_file(path, secret("other")));
  CHECK(slurp(path) == kLine);
  std::filesystem::remove(path);
  REQUIRE(symlink("/nowhere", path.c_str()) == 0);
  CHECK_FALSE(*create_key_file(path, secret("other")));
  CHECK_FALSE(std::filesystem::exists("/nowhere"));
  CHECK(std::distance(std::filesystem::directory_iterator(folder / "new/deep"), {}) == 1);
}
