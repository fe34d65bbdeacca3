// The wire of Restate's service protocol: protobuf, frames, messages.
#include <gtest/gtest.h>

#include <string>

#include "runtime/src/restate/entries.h"
#include "runtime/src/restate/frames.h"
#include "runtime/src/restate/messages.h"
#include "runtime/src/restate/protobuf.h"

namespace pflow::restate {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

TEST(Protobuf, WritesAndReadsFields) {
  ProtoWriter writer;
  writer.number(1, 150);
  writer.text(2, "testing");
  writer.number(3, UINT64_MAX);
  writer.message(4, "");
  EXPECT_EQ(writer.bytes().substr(0, 12), "\x08\x96\x01\x12\x07testing");
  ProtoReader reader(writer.bytes());
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.field(), 1U);
  EXPECT_EQ(reader.number(), 150U);
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.text(), "testing");
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.number(), UINT64_MAX);
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.field(), 4U);
  EXPECT_FALSE(reader.next());
  EXPECT_TRUE(reader.is_whole());
}

TEST(Protobuf, LeavesOutWhatIsNothing) {
  ProtoWriter writer;
  writer.number(1, 0);
  writer.text(2, "");
  EXPECT_EQ(writer.bytes(), "");
}

TEST(Protobuf, PassesOverFixedSizes) {
  ProtoReader reader("\x0d\x01\x02\x00\x00\x11\x03\x00\x00\x00\x00\x00\x00\x00"sv);
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.number(), 0x201U);
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.field(), 2U);
  EXPECT_EQ(reader.number(), 3U);
  EXPECT_TRUE(reader.is_whole());
}

TEST(Protobuf, RefusesWhatIsDamaged) {
  for (const std::string& bytes :
       {"\x08"s, "\x08\x80"s, "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"s, "\x12\x05tea"s,
        "\x0d\x01"s, "\x00\x01"s, "\x0b"s, "\x12\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"s}) {
    ProtoReader reader(bytes);
    while (reader.next()) {
    }
    EXPECT_FALSE(reader.is_whole()) << testing::PrintToString(bytes);
  }
}

TEST(Frames, ComeInPiecesOfAnySize) {
  const std::string all = frame(MessageType::RunCommand, "one") + frame(MessageType::End, "") +
                          frame(MessageType::SignalNotification, std::string(300, 'x'));
  EXPECT_EQ(all.substr(0, 11), "\x04\x11\x00\x00\x00\x00\x00\x03one"s);
  for (size_t size = 1; size <= all.size(); ++size) {
    FrameReader reader(1000);
    std::string read;
    for (size_t at = 0; at < all.size(); at += size) {
      reader.add(std::string_view(all).substr(at, size));
      for (Frame next{}; reader.next(next);) read += frame(next.type, next.message);
    }
    EXPECT_EQ(read, all);
    EXPECT_TRUE(reader.is_empty());
  }
}

TEST(Frames, HaveABound) {
  FrameReader reader(10);
  reader.add(frame(MessageType::RunCommand, "more than ten").substr(0, 8));
  Frame next{};
  EXPECT_FALSE(reader.next(next));
  EXPECT_TRUE(reader.is_too_large());
}

std::string_view message_of(std::string_view frame) { return frame.substr(8); }

TEST(Messages, ACommandIsReadAsItWasWritten) {
  Command command;
  ASSERT_TRUE(read_command(message_of(run_command("main/shell", 7)), command));
  EXPECT_EQ(command.name, "main/shell");
  EXPECT_EQ(command.completion, 7U);
}

TEST(Messages, NotificationsHaveAValueOrAFailure) {
  Notification news;
  ASSERT_TRUE(read_notification("\x08\x03\x2a\x05\x0a\x03tea"s, news));
  EXPECT_EQ(news.completion, 3U);
  EXPECT_EQ(news.value, "tea");
  EXPECT_FALSE(news.failed);
  ASSERT_TRUE(read_notification("\x10\x11\x32\x08\x08\x99\x03\x12\x03out"s, news));
  EXPECT_EQ(news.completion, 0U);
  EXPECT_EQ(news.signal, 17U);
  EXPECT_TRUE(news.failed);
  EXPECT_EQ(news.code, 409U);
  EXPECT_EQ(news.value, "out");
  EXPECT_FALSE(read_notification("\x2a\x05\x0a\x09tea"s, news));
}

TEST(Messages, SuspensionHasATreeSinceVersion7) {
  const Awaited awaited = {{1, 300}, {17}};
  EXPECT_EQ(message_of(suspension(6, awaited)), "\x0a\x03\x01\xac\x02\x12\x01\x11"s);
  EXPECT_EQ(message_of(suspension(7, awaited)),
            "\x22\x0a\x0a\x03\x01\xac\x02\x12\x01\x11\x28\x01"s);
}

TEST(Messages, AnAwakeableIsKnownByInvocationAndNumber) {
  EXPECT_EQ(awakeable_id("\xfb\xff", 17), "sign_1-_8AAAAR");
}

TEST(Entries, AreFoundByNameInAnyOrder) {
  Entries entries;
  entries.recall({"second", 9, ""});
  entries.recall({"first", 4, ""});
  entries.complete(4, "one");
  entries.complete(77, "unknown");
  ASSERT_TRUE(entries.find("first"));
  EXPECT_TRUE(entries.find("first")->is_known);
  EXPECT_EQ(entries.find("first")->value, "one");
  EXPECT_FALSE(entries.find("second")->is_known);
  EXPECT_FALSE(entries.find("third"));
  EXPECT_EQ(entries.make("third").completion, 10U);
}

}  // namespace
}  // namespace pflow::restate
