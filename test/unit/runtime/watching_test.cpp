// How values, batches and states look on terminals and in traces.
#include <gtest/gtest.h>

#include <string>

#include "runtime/src/program/used_keys.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"
#include "runtime/src/watching/lanes.h"
#include "runtime/src/watching/progress_lines.h"
#include "runtime/src/watching/shown_value.h"

namespace pflow::rt {
namespace {

constexpr int64_t kSecond = 1'000'000'000;

std::string text(Buffer& buffer) { return {buffer.data(), buffer.size()}; }

std::string batch_line(const ItemsProgress& batch, size_t width) {
  Buffer out;
  add_batch_line(out, batch, 10 * kSecond, width);
  return text(out);
}

std::string shown_text(const char* value, size_t most) {
  Buffer out;
  add_shown_text(out, view(value), most);
  return text(out);
}

constexpr pf_site kSite = {
    .id = "main/each#5c", .node = "", .file = "f.pf", .source = "", .line = 3};

TEST(Progress, ABarThatFillsTheRoom) {
  ItemsProgress batch = {&kSite, 100, 40, 0, 1, 0};
  EXPECT_EQ(batch_line(batch, 60), "each, line 3  ━━━━━━━━─────────────  40/100  4.0/s  15s left");
  EXPECT_EQ(batch_line(batch, 40), "each, line 3  40/100  4.0/s  15s left");
  EXPECT_EQ(batch_line(batch, 20), "each, line 3  40/100");
  EXPECT_EQ(batch_line(batch, 0), "each, line 3  40/100  4.0/s  15s left");
}

TEST(Progress, WhatNobodyKnowsIsNotSaid) {
  EXPECT_EQ(batch_line({&kSite, -1, 40, 0, 1, 0}, 80), "each, line 3  40  4.0/s");
  EXPECT_EQ(batch_line({&kSite, 9, 0, 0, 1, 0}, 30), "each, line 3  ───────────  0/9");
  EXPECT_EQ(batch_line({&kSite, 0, 0, 0, 1, 0}, 80), "each, line 3  0/0");
  EXPECT_EQ(batch_line({nullptr, 2, 2, 1, 0, 8 * kSecond}, 0), "  2/2  1.0/s  1 skipped");
}

TEST(Progress, TimesThatAreLeft) {
  EXPECT_EQ(batch_line({&kSite, 3601, 1, 0, 1, 9 * kSecond}, 0),
            "each, line 3  1/3601  1.0/s  1h00m left");
  EXPECT_EQ(batch_line({&kSite, 201, 1, 0, 1, 9 * kSecond}, 0),
            "each, line 3  1/201  1.0/s  3m20s left");
}

TEST(Progress, WhatRunsAndWhatItCost) {
  pf_node llm = {.name = "llm"}, http = {.name = "http"}, shell = {.name = "shell"};
  Progress progress = {};
  progress.nodes.add({&llm, 100});
  progress.nodes.add({&http, 0});
  progress.nodes.add({&shell, 1});
  Buffer out;
  add_status_line(out, progress, 80);
  EXPECT_EQ(text(out), "llm ×100, shell");
  progress.used.input_tokens = 12000;
  progress.used.output_tokens = 431;
  progress.used.cost = 0.125;
  progress.retries = 1;
  out.clear();
  add_status_line(out, progress, 80);
  EXPECT_EQ(text(out), "llm ×100, shell  12431 tokens  $0.12  1 retry");
  out.clear();
  add_status_line(out, progress, 10);
  EXPECT_EQ(text(out), "llm ×100, ");
}

TEST(Shown, TextsAreCutBetweenCharacters) {
  EXPECT_EQ(shown_text("short", 10), "\"short\"");
  EXPECT_EQ(shown_text("ééé", 3), "\"é…\"");
  EXPECT_EQ(shown_text("a\"b\n", 10), "\"a\\\"b\\n\"");
}

TEST(Shown, KeysAreHidden) {
  pf_str key = pf_str_copy("long-secret-key", 15), word = pf_str_copy("cat", 3);
  note_key(key);
  note_key(word);
  EXPECT_EQ(shown_text("Bearer long-secret-key!", 100), "\"Bearer ***!\"");
  EXPECT_EQ(shown_text("xlong-secret-keylong-secret-key", 100), "\"x******\"");
  // It begins before the cut and ends behind it.
  EXPECT_EQ(shown_text("0123 long-secret-key", 10), "\"0123 ***\"");
  // A short one may be part of a word.
  EXPECT_EQ(shown_text("concatenate", 100), "\"concatenate\"");
  EXPECT_EQ(shown_text("cat", 100), "\"***\"");
  pf_str_release(key);
  pf_str_release(word);
}

TEST(Shown, ListsEndWithHowManyAreLeftOut) {
  pf_str items[] = {view("aaaa"), view("bbbb"), view("cccc")};
  pf_list list = {};
  for (const pf_str& item : items) *static_cast<pf_str*>(list_add_zeroed(list, &kTextType)) = item;
  const pf_field port = {"items", "items", &kTextListType, 0, "", nullptr};
  Buffer all, cut;
  add_shown_ports(all, &port, 1, &list, 100);
  EXPECT_EQ(text(all), R"({"items":["aaaa","bbbb","cccc"]})");
  add_shown_ports(cut, &port, 1, &list, 12);
  EXPECT_EQ(text(cut), R"({"items":["aaaa","… 2 more"]})");
  list_release(list.head, &kTextType);
}

TEST(Shown, SecretsAreHidden) {
  constexpr pf_type kSecret = {
      .kind = PF_SECRET, .size = sizeof(pf_str), .align = 8, .counted = 1, .name = "secret"};
  struct Block {
    pf_str token;
    int64_t count;
  } block = {view("tiny"), 7};
  constexpr pf_type kInt = {.kind = PF_INT, .size = 8, .align = 8, .counted = 0, .name = "int"};
  const pf_field ports[] = {{"token", "token", &kSecret, offsetof(Block, token), "", nullptr},
                            {"count", "count", &kInt, offsetof(Block, count), "", nullptr}};
  Buffer out;
  add_shown_ports(out, ports, 2, reinterpret_cast<const char*>(&block), 100);
  EXPECT_EQ(text(out), R"({"token":"***","count":7})");
}

TEST(LanesOfSteps, TheFirstThatIsFree) {
  Lanes lanes;
  EXPECT_EQ(lanes.take(), 0U);
  EXPECT_EQ(lanes.take(), 1U);
  EXPECT_EQ(lanes.take(), 2U);
  lanes.give_back(1);
  lanes.give_back(0);
  EXPECT_EQ(lanes.take(), 0U);
  EXPECT_EQ(lanes.take(), 1U);
  EXPECT_EQ(lanes.take(), 3U);
}

}  // namespace
}  // namespace pflow::rt
