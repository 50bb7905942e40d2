#include "app/files/export_format.h"

#include <gtest/gtest.h>

#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

std::string refusal(const std::string& path) {
  try {
    still_format_of(path);
  } catch (const Failure& failure) {
    return failure.problem().code;
  }
  return "taken";
}

// One blank frame of 4 by 2; counts the requests.
struct Blank {
  picture::TextMetrics metrics;
  int pictures = 0;
  int pixels = 0;

  Footage footage(std::int64_t frames) {
    return {.width = 4,
            .height = 2,
            .frames = frames,
            .frames_per_second = 10,
            .metrics = metrics,
            .picture =
                [this](std::int64_t) {
                  ++pictures;
                  picture::Picture picture;
                  picture.width = 4;
                  picture.height = 2;
                  return picture;
                },
            .pixels =
                [this](std::int64_t frame) {
                  ++pixels;
                  return Pixels{
                      4, 2, std::vector<std::uint8_t>(32, static_cast<std::uint8_t>(frame + 250))};
                }};
  }
};

TEST(ExportFormat, IsFoundByItsExtensionIgnoringCase) {
  EXPECT_EQ(still_format_of("/a/b.PNG").extension, ".png");
  EXPECT_EQ(still_format_of("b.Svg").extension, ".svg");
  EXPECT_EQ(export_format_of("b.GIF")->extension, ".gif");
  EXPECT_TRUE(export_format_of("b.gif")->animated);
  EXPECT_EQ(export_format_of("b.xcf"), nullptr);
  EXPECT_EQ(export_format_of("b"), nullptr);
}

TEST(ExportFormat, ARefusedStillNamesTheSupportedFormats) {
  EXPECT_EQ(refusal("b.gif"), "export_animation");
  EXPECT_EQ(refusal("b.GIF"), "export_animation");
  EXPECT_EQ(refusal("b"), "export_no_ending");
  EXPECT_EQ(refusal("b.webp"), "taken");
  EXPECT_EQ(refusal("b.xcf"), "export_format");
  EXPECT_EQ(export_endings(false), ".png, .svg, .pdf, .tex, .tikz, .webp");
  EXPECT_EQ(export_endings(true), ".png, .svg, .pdf, .tex, .tikz, .webp, .gif, .apng, .mp4, .webm");
  EXPECT_EQ(animation_endings(), ".webp, .gif, .apng, .mp4, .webm");
  EXPECT_EQ(transparent_endings(), ".png, .svg, .pdf, .tex, .tikz, .webp, .apng");
}

// The first bytes of each are those that its standard requires.
TEST(ExportFormat, EachWritesItsOwnKindOfFile) {
  Blank blank;
  EXPECT_EQ(export_format_of("a.png")->encode(blank.footage(1)).substr(0, 8), "\x89PNG\r\n\x1a\n");
  EXPECT_EQ(blank.pictures, 0);
  EXPECT_EQ(blank.pixels, 1);
  EXPECT_EQ(export_format_of("a.gif")->encode(blank.footage(3)).substr(0, 6), "GIF89a");
  EXPECT_EQ(blank.pixels, 4);
  EXPECT_NE(export_format_of("a.svg")->encode(blank.footage(1)).find("<svg"), std::string::npos);
  EXPECT_EQ(export_format_of("a.pdf")->encode(blank.footage(1)).substr(0, 5), "%PDF-");
  EXPECT_TRUE(export_format_of("a.tex")->encode(blank.footage(1)).starts_with("\\documentclass"));
  EXPECT_NE(export_format_of("a.tikz")->encode(blank.footage(1)).find("\\end{tikzpicture}"),
            std::string::npos);
  EXPECT_EQ(blank.pixels, 4);
  EXPECT_NE(export_format_of("a.apng")->encode(blank.footage(2)).find("acTL"), std::string::npos);
  EXPECT_EQ(export_format_of("a.webp")->encode(blank.footage(2)).substr(8, 4), "WEBP");
  EXPECT_EQ(blank.pixels, 8);
}

}  // namespace
}  // namespace convscope::files
