// Pictures on disk: sizes, formats, moments. The golden tests check what they look like.
#include <array>

#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

std::int64_t big_endian(const std::string& bytes, std::size_t at) {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = value * 256 + static_cast<unsigned char>(bytes.at(at + i));
  }
  return value;
}

class Render : public Workbench {
 protected:
  // Whether the command wrote the file; without headless GL it may only report that.
  bool made(const std::string& arguments, const std::string& file) const {
    const Outcome outcome = convscope(arguments + " --out " + file, "LC_ALL=C");
    if (outcome.status == 3) {
      EXPECT_TRUE(has(outcome.err, "OpenGL")) << outcome.err;
      EXPECT_FALSE(std::filesystem::exists(path(file)));
      return false;
    }
    EXPECT_EQ(outcome.status, 0) << arguments << "\n" << outcome.err;
    return outcome.status == 0;
  }

  void expect_png(const std::string& file, std::int64_t width, std::int64_t height) const {
    const std::string bytes = read(path(file));
    ASSERT_GT(bytes.size(), 24U);
    EXPECT_EQ(bytes.substr(1, 3), "PNG");
    EXPECT_EQ(big_endian(bytes, 16), width);
    EXPECT_EQ(big_endian(bytes, 20), height);
  }
};

TEST_F(Render, SvgNeedsNoGlAndShowsTheLastStepByDefault) {
  ASSERT_TRUE(made("render cross-5x5", "default.svg"));
  ASSERT_TRUE(made("render cross-5x5 --step 8", "last.svg"));
  ASSERT_TRUE(made("render cross-5x5 --step start", "start.svg"));
  const std::string last = read(path("last.svg"));
  EXPECT_EQ(read(path("default.svg")), last);
  EXPECT_NE(read(path("start.svg")), last);
  EXPECT_TRUE(has(last, "<svg"));
  EXPECT_TRUE(has(last, "</svg>"));
}

TEST_F(Render, SvgTakesSizeThemeLanguageAndScale) {
  ASSERT_TRUE(made("render rgb-same --step 0", "plain.svg"));
  const std::string plain = read(path("plain.svg"));
  for (const char* option : {"--size 1920x1080", "--theme light", "--theme projector", "--lang ru",
                             "--scale 1.5", "--granularity term --step 1"}) {
    ASSERT_TRUE(made(std::string("render rgb-same --step 0 ") + option, "other.svg"));
    EXPECT_NE(read(path("other.svg")), plain) << option;
  }
}

TEST_F(Render, PngHasTheSizeAskedFor) {
  if (!made("render cross-5x5 --step 4", "default.png")) {
    GTEST_SKIP() << "no headless GL";
  }
  expect_png("default.png", 1280, 720);
  ASSERT_TRUE(made("render cross-5x5 --size 64x48", "small.png"));
  expect_png("small.png", 64, 48);
}

TEST_F(Render, GifIsAnEndlessAnimationOfTheSizeAskedFor) {
  if (!made("render cross-5x5 --steps 3:4 --fps 10 --size 320x180", "steps.gif")) {
    GTEST_SKIP() << "no headless GL";
  }
  const std::string bytes = read(path("steps.gif"));
  EXPECT_EQ(bytes.substr(0, 6), "GIF89a");
  EXPECT_EQ(static_cast<unsigned char>(bytes[6]) + 256 * static_cast<unsigned char>(bytes[7]), 320);
  EXPECT_TRUE(has(bytes, "NETSCAPE2.0"));
  EXPECT_EQ(bytes.back(), ';');
}

TEST_F(Render, ScreenshotShowsTheWholeWindow) {
  if (!made("screenshot rgb-same --step 0", "window.png")) {
    GTEST_SKIP() << "no headless GL";
  }
  expect_png("window.png", 1280, 720);
  ASSERT_TRUE(made("screenshot --size 1920x1080 --theme light --lang ru", "light.png"));
  expect_png("light.png", 1920, 1080);
}

}  // namespace
}  // namespace convscope::cli
