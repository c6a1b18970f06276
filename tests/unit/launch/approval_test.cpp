#include "unit/launch/support.h"

namespace mcpcred::test {
namespace {

const Timestamp kNow = *parse_timestamp("2026-11-24T05:00:00Z");

struct Launch {
  Programs programs;
  std::string docker = programs.add("docker");
  std::string sh = programs.add("sh");
  CatalogServer github = built_in("github");
  Registry registry;

  LaunchPlan plan(std::vector<std::string> command = {}) {
    auto made = plan_launch(github, account(), registry, command, programs.place());
    REQUIRE(made);
    return std::move(*made);
  }
  void approve(const LaunchPlan& plan) {
    auto approval = make_approval(plan, registry.trust.policy, kNow, "approve");
    REQUIRE(approval);
    registry.trust.add(std::move(*approval));
  }
  // The refusal's message, empty where it is allowed.
  std::string refusal(const LaunchPlan& plan) {
    const auto verdict = check_approval(plan, registry.trust);
    if (verdict) return {};
    CHECK(verdict.error().code == ErrorCode::kRefused);
    CHECK(verdict.error().hint.find("mcpcred approve github") != std::string::npos);
    return verdict.error().message;
  }
};

}  // namespace

TEST_CASE("approval: nothing is released before something is approved") {
  Launch launch;
  CHECK(launch.refusal(launch.plan()) == "github is approved for no command yet");
  launch.approve(launch.plan());
  CHECK(launch.refusal(launch.plan()).empty());
}

TEST_CASE("approval D10 M4: another command is refused, and the approved one is named") {
  Launch launch;
  launch.approve(launch.plan());
  CHECK(launch.refusal(launch.plan({"sh", "-c", "env"})) == "github is approved for another command");
  const auto verdict = check_approval(launch.plan({"sh", "-c", "env"}), launch.registry.trust);
  CHECK(verdict.error().hint.find("approved: docker run -i --rm") != std::string::npos);
  CHECK(verdict.error().hint.find("mcpcred approve github -- sh -c env") != std::string::npos);
}

TEST_CASE("approval M5: one argument more or less is another command") {
  Launch launch;
  launch.approve(launch.plan({"sh", "server.sh"}));
  CHECK(launch.refusal(launch.plan({"sh", "server.sh"})).empty());
  CHECK_FALSE(launch.refusal(launch.plan({"sh", "server.sh", "--verbose"})).empty());
  CHECK_FALSE(launch.refusal(launch.plan({"sh"})).empty());
}

TEST_CASE("approval: PATH cannot put another program in the approved one's place") {
  Launch launch;
  launch.approve(launch.plan());
  const Programs evil;
  evil.add("docker");
  const auto plan = plan_launch(launch.github, account(), launch.registry, {}, evil.place());
  REQUIRE(plan);
  CHECK(plan->executable == launch.docker);
  const std::vector<std::string> command = {"docker", "run"};
  const auto typed = plan_launch(launch.github, account(), launch.registry, command, evil.place());
  REQUIRE(typed);
  CHECK_FALSE(launch.refusal(*typed).empty());
}

TEST_CASE("approval: a program that was not installed when it was approved gets nothing later") {
  Launch launch;
  auto nowhere = plan_launch(launch.github, account(), launch.registry, {},
                             {std::string(kRootFolder) + "nonexistent", kRootFolder});
  REQUIRE(nowhere);
  launch.approve(*nowhere);
  CHECK(launch.refusal(launch.plan()).find("was not on PATH") != std::string::npos);
}

TEST_CASE("approval M12: another host, a new one and one that is gone are refused") {
  Launch launch;
  launch.approve(launch.plan());
  launch.registry.set_companion({"github", "default", "GITHUB_HOST", "https://evil.example"});
  CHECK(launch.refusal(launch.plan()).find("GITHUB_HOST is now https://evil.example") != std::string::npos);
  launch.approve(launch.plan());
  CHECK(launch.refusal(launch.plan()).empty());
  launch.registry.set_companion({"github", "default", "GITHUB_HOST", "https://other.example"});
  CHECK_FALSE(launch.refusal(launch.plan()).empty());
  launch.registry.trust.companions.clear();
  CHECK_FALSE(launch.refusal(launch.plan()).empty());
}

TEST_CASE("approval: a changed file in the servers folder is refused") {
  Launch launch;
  launch.github.digest = "aa";
  launch.approve(launch.plan());
  CHECK(launch.refusal(launch.plan()).empty());
  launch.github.digest = "bb";
  CHECK(launch.refusal(launch.plan()).find("servers/github.json was changed") == 0);
}

TEST_CASE("approval: accounts do not share approvals") {
  Launch launch;
  launch.approve(launch.plan());
  const auto other =
      plan_launch(launch.github, *AccountName::parse("work"), launch.registry, {}, launch.programs.place());
  REQUIRE(other);
  CHECK_FALSE(launch.refusal(*other).empty());
}

TEST_CASE("approval D2: policy strict sees changed bytes, another folder and packages without a version") {
  Launch launch;
  launch.registry.trust.policy = Policy::kStrict;
  launch.approve(launch.plan({"sh", "server.sh"}));
  CHECK(launch.refusal(launch.plan({"sh", "server.sh"})).empty());
  launch.approve(launch.plan());
  CHECK(launch.refusal(launch.plan()).find("policy strict") == 0);  // docker without a digest

  auto elsewhere = launch.plan({"sh", "server.sh"});
  elsewhere.folder = "/tmp";
  CHECK(launch.refusal(elsewhere).find("policy strict") == 0);
  std::ofstream(launch.sh) << "#!/bin/sh\nchanged\n";
  CHECK(launch.refusal(launch.plan({"sh", "server.sh"})).find("was changed since it was approved") !=
        std::string::npos);
}

TEST_CASE("approval: approvals from before policy strict do not count under it; policy open asks for none") {
  Launch launch;
  launch.approve(launch.plan({"sh", "server.sh"}));
  launch.registry.trust.policy = Policy::kStrict;
  CHECK_FALSE(launch.refusal(launch.plan({"sh", "server.sh"})).empty());
  launch.registry.trust.policy = Policy::kOpen;
  CHECK(launch.refusal(launch.plan({"sh", "-c", "anything"})).empty());
}

TEST_CASE("approval: approving the same command line again leaves one record") {
  Launch launch;
  launch.approve(launch.plan());
  launch.approve(launch.plan());
  launch.approve(launch.plan({"sh", "a"}));
  launch.approve(launch.plan({"sh", "a"}));
  CHECK(launch.registry.trust.approvals.size() == 2);
}

}  // namespace mcpcred::test
