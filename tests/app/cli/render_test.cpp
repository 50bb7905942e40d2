// Pictures on disk: sizes, formats, moments. The golden tests check what they look like.
#include <algorithm>
#include <array>
#include <cstdlib>

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

  // A photo has too many steps for one page.
  bool made_sheet_of_a_photo() const {
    const Outcome outcome = convscope("render photo-edges --sheet --out p.svg", "LC_ALL=C");
    EXPECT_EQ(outcome.status, 2);
    EXPECT_TRUE(has(outcome.err, "choose a part with --steps")) << outcome.err;
    return std::filesystem::exists(path("p.svg"));
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

TEST_F(Render, ATensorAloneIsAsLargeAsWholePixelsAllow) {
  ASSERT_TRUE(made("render cross-5x5 --what map --size 640x342 --step 8", "map.svg"));
  const std::string map = read(path("map.svg"));
  EXPECT_TRUE(has(map, "width=\"340\" height=\"340\"")) << map.substr(0, 300);
  for (const char* what : {"input", "filter", "sum"}) {
    ASSERT_TRUE(made(std::string("render cross-5x5 --what ") + what, "other.svg"));
    EXPECT_NE(read(path("other.svg")), map) << what;
  }
  ASSERT_TRUE(made("render cross-5x5 --what input --style print", "figure.pdf"));
  ASSERT_TRUE(made("render cross-5x5 --what map --sheet", "sheet.svg"));
}

TEST_F(Render, WhatIsNotThereAloneIsSaid) {
  const Outcome pool = convscope("render pooling --what filter --out f.svg", "LC_ALL=C");
  EXPECT_EQ(pool.status, 1);
  EXPECT_TRUE(has(pool.err, "no filter")) << pool.err;
  EXPECT_FALSE(std::filesystem::exists(path("f.svg")));
  const Outcome window = convscope("render cross-5x5 --what window --out f.png", "LC_ALL=C");
  EXPECT_EQ(window.status, 2);
  EXPECT_TRUE(has(window.err, "convscope screenshot")) << window.err;
  const Outcome wrong = convscope("render cross-5x5 --what kernel --out f.png", "LC_ALL=C");
  EXPECT_EQ(wrong.status, 2);
  EXPECT_TRUE(has(wrong.err, "stage, sum, input, filter, map")) << wrong.err;
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

// Whether a program of others accepts a file.
bool accepts(const std::string& program, const std::string& command) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) != 0 ||
         std::system((command + " >/dev/null 2>&1").c_str()) == 0;
}

TEST_F(Render, AnimationsAreAcceptedByOthersTools) {
  const std::string render = "render cross-5x5 --steps 3:4 --fps 10 --size 320x180";
  if (!made(render, "a.gif")) {
    GTEST_SKIP() << "no headless GL";
  }
  ASSERT_TRUE(made(render, "a.webp"));
  ASSERT_TRUE(made(render, "a.apng"));
  EXPECT_TRUE(accepts("gifsicle", "gifsicle --info " + path("a.gif").string()));
  EXPECT_TRUE(accepts("webpinfo", "webpinfo " + path("a.webp").string()));
  EXPECT_TRUE(accepts("ffprobe", "ffprobe -v error -f apng " + path("a.apng").string()));
  expect_png("a.apng", 320, 180);
}

TEST_F(Render, VectorsNeedNoGlAndAreAcceptedByOthersTools) {
  for (const char* lesson : {"cross-5x5", "photo-edges", "rgb-same --lang ru"}) {
    const std::string render = std::string("render ") + lesson + " --step 1";
    ASSERT_TRUE(made(render, "a.svg"));
    ASSERT_TRUE(made(render, "a.pdf"));
    ASSERT_TRUE(made(render, "a.tex"));
    EXPECT_TRUE(accepts("xmllint", "xmllint --noout " + path("a.svg").string()));
    EXPECT_TRUE(accepts("rsvg-convert", "rsvg-convert -o " + path("svg.png").string() + " " +
                                            path("a.svg").string()));
    EXPECT_TRUE(accepts("pdffonts", "pdffonts " + path("a.pdf").string()));
    EXPECT_TRUE(accepts(
        "pdftoppm", "pdftoppm -r 30 -png " + path("a.pdf").string() + " " + path("pdf").string()));
    if (!has(lesson, "ru")) {  // Cyrillic needs fonts that few installations of TeX have
      EXPECT_TRUE(accepts("pdflatex",
                          "pdflatex -halt-on-error -interaction=batchmode "
                          "-output-directory=" +
                              folder_.string() + " " + path("a.tex").string()));
    }
  }
}

TEST_F(Render, PrintHasNeitherTitleNorText) {
  ASSERT_TRUE(made("render cross-5x5 --step 4 --theme light", "screen.svg"));
  ASSERT_TRUE(made("render cross-5x5 --step 4 --style print", "print.svg"));
  const std::string print = read(path("print.svg"));
  EXPECT_TRUE(has(read(path("screen.svg")), "fill=\"#fafafb\""));
  EXPECT_FALSE(has(print, "fill=\"#fafafb\""));
  EXPECT_TRUE(has(print, "fill=\"#ffffff\""));
  const auto texts = [](const std::string& svg) {
    std::size_t count = 0;
    for (std::size_t at = svg.find("<text"); at != std::string::npos;
         at = svg.find("<text", at + 1)) {
      ++count;
    }
    return count;
  };
  EXPECT_LT(texts(print), texts(read(path("screen.svg"))));
  EXPECT_GT(texts(print), 9U);  // the numbers
}

TEST_F(Render, ATransparentBackgroundIsLeftOut) {
  ASSERT_TRUE(made("render cross-5x5 --step 4 --background transparent", "a.svg"));
  EXPECT_FALSE(has(read(path("a.svg")), R"(width="1280" height="720" fill=)"));
  ASSERT_TRUE(made("render cross-5x5 --step 4", "b.svg"));
  EXPECT_TRUE(has(read(path("b.svg")), R"(width="1280" height="720" fill=)"));
}

TEST_F(Render, ASheetHasAllStepsOnAPage) {
  ASSERT_TRUE(made("render cross-5x5 --sheet", "a.svg"));
  EXPECT_TRUE(has(read(path("a.svg")), R"(viewBox="0 0 1920 1080")"));  // 3 by 3
  ASSERT_TRUE(made("render cross-5x5 --sheet 4 --steps 1:5 --size 800x300", "b.svg"));
  EXPECT_TRUE(has(read(path("b.svg")), R"(viewBox="0 0 800 300")"));
  EXPECT_TRUE(has(read(path("b.svg")), "img (1, 1, 5, 5)"));  // small cells show what large ones do
  EXPECT_FALSE(made_sheet_of_a_photo());
  if (!made("render cross-5x5 --sheet 9", "c.png")) {
    GTEST_SKIP() << "no headless GL";
  }
  expect_png("c.png", 9 * 640, 360);
}

TEST_F(Render, ABatchGoesOnAfterAFailure) {
  write("broken.json", "{");
  const Outcome outcome = convscope(
      "render cross-5x5 broken.json stride 'nn.Conv2d(3, 8, 3)' --out-dir d --format "
      "svg,pdf --step 0",
      "LC_ALL=C");
  EXPECT_EQ(outcome.status, 1) << outcome.err;
  EXPECT_TRUE(has(outcome.out, "d/broken.svg: "));
  EXPECT_TRUE(has(outcome.err, "broken.json")) << outcome.err;
  EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << outcome.err;
  EXPECT_TRUE(has(outcome.out, "6 files written, 2 failed\n")) << outcome.out;
  for (const char* name :
       {"cross-5x5.svg", "cross-5x5.pdf", "stride.svg", "stride.pdf", "layers.svg", "layers.pdf"}) {
    EXPECT_TRUE(std::filesystem::exists(path("d") / name)) << name;
  }
  const std::string first = read(path("d") / "stride.pdf");
  const Outcome again = convscope("render cross-5x5 stride --out-dir d --format svg,pdf --step 0");
  EXPECT_EQ(again.status, 0);
  EXPECT_EQ(read(path("d") / "stride.pdf"), first);
}

TEST_F(Render, ABatchDrawsOnAllCores) {
  const std::string render =
      "render cross-5x5 stride rgb-same pooling --out-dir d --format png,webp --step 0 --size "
      "320x180";
  const Outcome outcome = convscope(render, "LC_ALL=C");
  if (outcome.status == 3) {
    GTEST_SKIP() << "no headless GL";
  }
  EXPECT_EQ(outcome.out, "8 files written, 0 failed\n");
  const std::string png = read(path("d") / "pooling.png");
  ASSERT_TRUE(made("render pooling --step 0 --size 320x180", "pooling.png"));
  EXPECT_EQ(read(path("pooling.png")), png);
}

TEST_F(Render, CtrlCLeavesNothingBehind) {
  if (!made("render cross-5x5 --step 0", "first.png")) {
    GTEST_SKIP() << "no headless GL";
  }
  const Outcome outcome = convscope("render cross-5x5 --size 1920x1080 --fps 60 --out late.apng",
                                    "timeout --preserve-status --signal INT 1");
  EXPECT_EQ(outcome.status, 130) << outcome.err;
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    files += entry.path().filename() == "first.png" ? 0 : 1;
  }
  EXPECT_EQ(files, 0U);
}

// A terminal sends the signal to ffmpeg as well.
TEST_F(Render, CtrlCInAFilmIsNoFaultOfFfmpegs) {
  if (!made("render cross-5x5 --step 0", "first.png") ||
      std::system("which ffmpeg >/dev/null") != 0) {
    GTEST_SKIP() << "no headless GL or no ffmpeg";
  }
  const Outcome outcome = convscope("render stride --size 1920x1080 --fps 60 --out late.mp4",
                                    "timeout --preserve-status --signal INT 2");
  EXPECT_EQ(outcome.status, 130) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(path("late.mp4")));
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
