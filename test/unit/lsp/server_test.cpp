#include "tools/lsp/server.h"

#include <gtest/gtest.h>

#include "test/support/memory_files.h"

namespace pflow::lsp {
namespace {

/// A server in this process, with the standard nodes and nothing else on its disk.
struct Told {
  Told() : server(load(files), {"nodes"}, "", [this](std::string_view bytes) { take(bytes); }) {
    say(R"({"id": 0, "method": "initialize", "params": {}})");
    answers.clear();
  }

  static FileSystem& load(MemoryFiles& files) {
    files.load_interfaces(PFLOW_NODES, "nodes");
    return files;
  }

  void take(std::string_view bytes) {
    Framing framing;
    framing.feed(bytes);
    answers.push_back(json::parse(framing.next().value()));
  }
  void hear(std::string_view body) { server.receive(Framing::frame(body)); }
  void say(std::string_view body) {
    hear(body);
    while (server.step()) {
    }
  }
  void open(std::string_view text) {
    say(json::serialize(json::object{
        {"method", "textDocument/didOpen"},
        {"params",
         json::object{{"textDocument",
                       json::object{{"uri", "file:///a.pf"}, {"version", 1}, {"text", text}}}}}}));
    answers.clear();
  }
  json::value ask(std::string_view method, std::string_view more = {}) {
    say("{\"id\": 1, \"method\": \"" + std::string(method) +
        "\", \"params\": {\"textDocument\": {\"uri\": \"file:///a.pf\"}" + std::string(more) +
        "}}");
    json::value answer = answers.back();
    answers.clear();
    return answer;
  }

  MemoryFiles files;
  std::vector<json::value> answers;
  Server server;
};

TEST(Server, AsksAClientThatCanToWatchFiles) {
  auto told = [](std::string_view able) {
    MemoryFiles files;
    std::vector<json::value> sent;
    Server server(files, {"nodes"}, "", [&](std::string_view bytes) {
      Framing framing;
      framing.feed(bytes);
      sent.push_back(json::parse(framing.next().value()));
    });
    server.receive(Framing::frame(
        R"({"id": 0, "method": "initialize", "params": {"capabilities": {"workspace": )"
        R"({"didChangeWatchedFiles": {"dynamicRegistration": )" +
        std::string(able) + "}}}}}"));
    for (int times = 0; times < 2; ++times)
      server.receive(Framing::frame(R"({"method": "initialized", "params": {}})"));
    server.receive(Framing::frame(R"({"id": "watch", "result": null})"));
    while (server.step()) {
    }
    sent.erase(sent.begin());
    return sent;
  };
  const std::vector<json::value> sent = told("true");
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(string_at(sent[0], "method"), "client/registerCapability");
  const json::value& asked = array_at(sent[0], "params.registrations")[0];
  EXPECT_EQ(string_at(asked, "method"), "workspace/didChangeWatchedFiles");
  EXPECT_EQ(string_at(array_at(asked, "registerOptions.watchers")[0], "globPattern"), "**/*.pf");
  EXPECT_TRUE(told("false").empty());
}

TEST(Server, SeesAPackageThatIsMadeWhileItsImporterIsOpen) {
  Told told;
  const auto diagnostics = [&] {
    return array_at(told.answers.back(), "params.diagnostics").size();
  };
  told.say(
      R"({"method": "textDocument/didOpen", "params": {"textDocument": {"uri": "file:///a.pf",
          "version": 1, "text": "import shouts\n\nprint(shouts.shout(\"tea\"))\n"}}})");
  ASSERT_FALSE(told.answers.empty());
  EXPECT_EQ(diagnostics(), 1U);
  told.files.files["/packages/shouts/package.toml"] =
      "name = \"shouts\"\nversion = \"1.0.0\"\npflow = 1\n";
  told.files.files["/packages/shouts/shouts.pf"] = "node shout(text: str) -> str = text\n";
  told.say(
      R"({"method": "workspace/didChangeWatchedFiles", "params": {"changes": [
          {"uri": "file:///packages/shouts/package.toml", "type": 1}]}})");
  EXPECT_EQ(diagnostics(), 0U);
}

TEST(Server, FormatsTheLinesThatChange) {
  Told told;
  told.open("flow main() {\n  let a = 1\n  print( a )\n  print(a)\n}\n");
  json::value found = told.ask("textDocument/formatting");
  ASSERT_EQ(array_at(found, "result").size(), 1U);
  const json::value& edit = array_at(found, "result")[0];
  EXPECT_EQ(integer_at(edit, "range.start.line"), 2);
  EXPECT_EQ(integer_at(edit, "range.end.line"), 3);
  EXPECT_EQ(string_at(edit, "newText"), "  print(a)\n");
  told.open("flow main() {\n  print(1)\n}\n");
  EXPECT_TRUE(array_at(told.ask("textDocument/formatting"), "result").empty());
  told.open("flow main( {");
  EXPECT_EQ(integer_at(told.ask("textDocument/formatting"), "error.code"), -32803);
}

TEST(Server, AChangeBehindARequestMakesItOutdated) {
  Told told;
  told.open("print(1)\n");
  told.hear(
      R"({"id": 1, "method": "textDocument/hover", "params": {"textDocument": {"uri": "file:///a.pf"},
                "position": {"line": 0, "character": 1}}})");
  told.hear(
      R"({"id": 2, "method": "textDocument/completion", "params": {"textDocument": {"uri": "file:///a.pf"},
                "position": {"line": 0, "character": 1}}})");
  told.say(
      R"({"method": "textDocument/didChange", "params": {"textDocument": {"uri": "file:///a.pf", "version": 2},
               "contentChanges": [{"text": "print(2)\n"}]}})");
  ASSERT_EQ(told.answers.size(), 3U);
  EXPECT_EQ(integer_at(told.answers[0], "error.code"), -32801);
  EXPECT_FALSE(array_at(told.answers[1], "result.items").empty());
  EXPECT_EQ(integer_at(told.answers[2], "params.version"), 2);
}

TEST(Server, RequestsOfAnyShapeAreAnswered) {
  Told told;
  told.open("print(1)\n");
  for (
      std::string_view params :
      {"null", "[]", "{}", "7", R"({"textDocument": 3})",
       R"({"textDocument": {"uri": "file:///a.pf"}, "position": []})",
       R"({"textDocument": {"uri": "file:///a.pf"}, "position": {"line": -1, "character": 1e300}})"})
    for (std::string_view method :
         {"textDocument/hover", "textDocument/completion", "textDocument/rename",
          "textDocument/inlayHint", "textDocument/codeAction"}) {
      told.say("{\"id\": 1, \"method\": \"" + std::string(method) +
               "\", \"params\": " + std::string(params) + "}");
      ASSERT_EQ(told.answers.size(), 1U);
      EXPECT_NE(integer_at(told.answers[0], "error.code"), -32603)
          << json::serialize(told.answers[0]);
      told.answers.clear();
    }
}

}  // namespace
}  // namespace pflow::lsp
