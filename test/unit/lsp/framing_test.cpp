#include "tools/lsp/framing.h"

#include <gtest/gtest.h>

namespace pflow::lsp {
namespace {

TEST(Framing, GivesAMessageWhenItsLastByteHasCome) {
  Framing framing;
  for (char c : Framing::frame("{\"a\":1}")) {
    EXPECT_EQ(framing.next(), std::nullopt);
    framing.feed(std::string(1, c));
  }
  EXPECT_EQ(framing.next(), "{\"a\":1}");
  EXPECT_EQ(framing.next(), std::nullopt);
}

TEST(Framing, TakesHeadersOfAnyCaseAndOrder) {
  Framing framing;
  framing.feed("Content-Type: x\r\ncontent-length:  2 \r\n\r\n[]Content-Length: 1\n\n7");
  EXPECT_EQ(framing.next(), "[]");
  EXPECT_EQ(framing.next(), "7");
}

TEST(Framing, SkipsWhatIsNoHeader) {
  Framing framing;
  framing.feed("Content-Length: many\r\n\r\nContent-Length: -1\r\n\r\nhello\r\n\r\n");
  framing.feed(Framing::frame("ok"));
  EXPECT_EQ(framing.next(), "ok");
}

TEST(Framing, SkipsABodyThatIsTooLarge) {
  Framing framing;
  framing.feed("Content-Length: 300000000\r\n\r\n");
  for (int i = 0; i < 300; ++i) {
    framing.feed(std::string(1'000'000, 'x'));
    EXPECT_EQ(framing.next(), std::nullopt);
  }
  framing.feed(Framing::frame("ok"));
  EXPECT_EQ(framing.next(), "ok");
}

TEST(Framing, KeepsNoEndlessGarbage) {
  Framing framing;
  for (int i = 0; i < 100; ++i) {
    framing.feed(std::string(100'000, 'x'));
    EXPECT_EQ(framing.next(), std::nullopt);
  }
  framing.feed("\r\n\r\n" + Framing::frame("ok"));
  EXPECT_EQ(framing.next(), "ok");
}

}  // namespace
}  // namespace pflow::lsp
