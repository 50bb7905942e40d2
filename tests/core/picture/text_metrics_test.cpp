#include "core/picture/display/text_metrics.h"

#include <gtest/gtest.h>

#include "app/files/embedded.h"
#include "core/picture/display/text_layout.h"
#include "core/tensor/problem.h"

namespace convscope::picture {
namespace {

const TextMetrics& bundled() {
  static const TextMetrics metrics =
      measure_fonts(files::asset("fonts/sans"), files::asset("fonts/bold"),
                    files::asset("fonts/mono"), files::asset("fonts/fallback"));
  return metrics;
}

// Half an em for letters, a whole one for digits.
TextMetrics simple() {
  TextMetrics metrics;
  for (FontMetrics& font : metrics.fonts) {
    font.digit_advance = 1;
    font.advances = {{U'a', 0.5F}, {U'b', 0.5F}, {U'1', 1.0F}};
  }
  return metrics;
}

TEST(DecodeUtf8, ReadsEveryLength) { EXPECT_EQ(decode_utf8("aж−😀"), U"aж−😀"); }

TEST(DecodeUtf8, MarksMalformedBytes) {
  EXPECT_EQ(decode_utf8("a\xFFz"), U"a\uFFFDz");
  EXPECT_EQ(decode_utf8("\xE2\x88"), U"\uFFFD\uFFFD");            // cut off
  EXPECT_EQ(decode_utf8("\xC0\xAF"), U"\uFFFD\uFFFD");            // overlong
  EXPECT_EQ(decode_utf8("\xED\xA0\x80"), U"\uFFFD\uFFFD\uFFFD");  // surrogate
}

TEST(MeasureFonts, JetBrainsMonoIsSixTenthsOfAnEm) {
  const FontMetrics& mono = bundled().of(Font::kMono);
  for (const char32_t c : {U'i', U'W', U'0', U'−', U'ж'}) {
    EXPECT_NEAR(advance_of(mono, c), 0.6F, 1e-4F);
  }
  EXPECT_NEAR(mono.cap_height, 0.73F, 1e-3F);  // as its OS/2 table says
}

TEST(MeasureFonts, DigitsAndSignsOfInterShareTheWidestAdvance) {
  for (const Font font : {Font::kSans, Font::kSansBold}) {
    const FontMetrics& sans = bundled().of(font);
    for (const char32_t c : U"0123456789+−") {
      if (c != 0) {
        EXPECT_EQ(advance_of(sans, c), sans.digit_advance);
      }
    }
    EXPECT_GT(sans.digit_advance, 0.55F);
    EXPECT_LT(sans.digit_advance, 0.75F);
    EXPECT_LT(advance_of(sans, U'i'), advance_of(sans, U'W') / 2);
    EXPECT_NEAR(sans.cap_height, 0.727F, 0.002F);  // Inter's published cap height
  }
}

TEST(MeasureFonts, CoversWhatTheProgramShows) {
  for (const FontMetrics& font : bundled().fonts) {
    for (const char32_t c : U"AzÀяЁΣ·×−±≤⌊⌋⌈⌉→↺½²₀…—«»▶∞√") {
      if (c != 0) {
        EXPECT_TRUE(font.advances.contains(c)) << std::hex << static_cast<std::uint32_t>(c);
      }
    }
  }
}

TEST(MeasureFonts, WithoutAnyFontNothingIsCovered) {
  const TextMetrics none = measure_fonts({}, {}, {}, {});
  EXPECT_EQ(none.width("abc", Font::kSans, 10), 0);
}

TEST(Width, AddsAdvancesAndCountsUnknownOnesAsDigits) {
  EXPECT_FLOAT_EQ(simple().width("ab1", Font::kSans, 10), 20);
  EXPECT_FLOAT_EQ(simple().width("a?", Font::kSans, 10), 15);
  EXPECT_EQ(simple().width("", Font::kSans, 10), 0);
}

TEST(MetricsJson, ComesBackTheSame) {
  const TextMetrics again = parse_metrics(metrics_json(bundled()));
  for (std::size_t i = 0; i < again.fonts.size(); ++i) {
    EXPECT_EQ(again.fonts[i].ascent, bundled().fonts[i].ascent);
    EXPECT_EQ(again.fonts[i].descent, bundled().fonts[i].descent);
    EXPECT_EQ(again.fonts[i].cap_height, bundled().fonts[i].cap_height);
    EXPECT_EQ(again.fonts[i].digit_advance, bundled().fonts[i].digit_advance);
    EXPECT_EQ(again.fonts[i].advances, bundled().fonts[i].advances);
  }
}

TEST(MetricsJson, MalformedIsAFailure) {
  EXPECT_THROW(parse_metrics("{"), Failure);
  EXPECT_THROW(parse_metrics("{\"sans\": 3}"), Failure);
}

TEST(PlaceText, FollowsTheAlignment) {
  Text text;
  text.at = {100, 7};
  text.text = "a1b";
  text.size = 10;
  using Glyphs = std::vector<PlacedGlyph>;
  EXPECT_EQ(place_text(text, simple()), (Glyphs{{U'a', 100, 5}, {U'1', 105, 10}, {U'b', 115, 5}}));
  text.align = Align::kCenter;
  EXPECT_EQ(place_text(text, simple()), (Glyphs{{U'a', 90, 5}, {U'1', 95, 10}, {U'b', 105, 5}}));
  text.align = Align::kRight;
  EXPECT_EQ(place_text(text, simple()), (Glyphs{{U'a', 80, 5}, {U'1', 85, 10}, {U'b', 95, 5}}));
  text.text = "";
  EXPECT_TRUE(place_text(text, simple()).empty());
}

}  // namespace
}  // namespace convscope::picture
