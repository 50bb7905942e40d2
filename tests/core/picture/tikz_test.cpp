#include "core/picture/tikz/tikz.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/picture/tikz/tex_text.h"
#include "tests/core/picture/half_em.h"

namespace convscope::picture {
namespace {

// The colours, and the environment's content without the page.
std::string tikz_body(std::vector<Record> records) {
  Picture picture;
  picture.width = 80;
  picture.height = 40;
  picture.records = std::move(records);
  const std::string text = tikz::tikz_of(picture, half_em());
  const std::string page = "\\useasboundingbox (0,0) rectangle (80,40);\n";
  const std::size_t start = text.find(page) + page.size();
  EXPECT_NE(text.find(page), std::string::npos);
  const std::size_t begin = text.find("\\begin{tikzpicture}");
  const std::size_t colors = std::min(text.find("\\definecolor"), begin);
  return text.substr(colors, begin - colors) +
         text.substr(start, text.find("\\end{tikzpicture}") - start);
}

TEST(Tikz, ABoxIsAPathInItsColors) {
  EXPECT_EQ(tikz_body({Box{.rect = {1, 2, 3, 4},
                           .fill = {10, 20, 30},
                           .stroke = {0, 0, 0, 51},
                           .stroke_width = 2,
                           .dash = 4}}),
            "\\definecolor{cv0}{RGB}{10,20,30}\n"
            "\\definecolor{cv1}{RGB}{0,0,0}\n"
            "\\path[fill=cv0,draw=cv1,draw opacity=0.2,line width=1.5bp,"
            "dash pattern=on 3bp off 3bp] (1,2) rectangle (4,6);\n");
}

TEST(Tikz, ATextIsAsWideAsMeasuredAtMost) {
  EXPECT_EQ(tikz_body({Text{.at = {5, 6},
                            .text = "12",
                            .font = Font::kSansBold,
                            .size = 16,
                            .color = {0, 0, 0},
                            .align = Align::kCenter}}),
            "\\definecolor{cv0}{RGB}{0,0,0}\n"
            "\\node[anchor=base,text=cv0] at (5,6) "
            "{\\cvtext{12bp}{12}{\\sffamily\\bfseries 12}};\n");
}

TEST(Tikz, LatexsOwnSignsAreEscaped) {
  EXPECT_EQ(tikz::tex_text(U"a_b & 50% #1 {x} $2"), R"(a\_b \& 50\% \#1 \{x\} \$2)");
  EXPECT_EQ(tikz::tex_text(U"\\~^"), R"(\textbackslash{}\~{}\^{})");
  EXPECT_EQ(tikz::tex_text(U"3 × 3 − 1"), R"(3 $\times$ 3 $-$ 1)");
  EXPECT_EQ(tikz::tex_text(U"Ядро"), "Ядро");
  EXPECT_EQ(tikz::tex_text(U"  a b  c "), "~~a b ~c~");
  EXPECT_EQ(tikz::tex_text(U"--"), "{-}{-}");  // not a dash
  EXPECT_EQ(tikz::tex_text(U"\U0001F600\x01"), "??");
}

TEST(Tikz, ScopesAreClosed) {
  const std::string body = tikz_body({ClipBegin{{0, 0, 5, 5}}, ClipBegin{{0, 0, 2, 2}}, ClipEnd{}});
  EXPECT_EQ(body,
            "\\begin{scope}\n\\clip (0,0) rectangle (5,5);\n"
            "\\begin{scope}\n\\clip (0,0) rectangle (2,2);\n\\end{scope}\n\\end{scope}\n");
  EXPECT_EQ(tikz_body({ClipEnd{}}), "");
}

TEST(Tikz, ALargeGridIsAnImageOfItsColours) {
  // Rows of black and of white.
  std::vector<float> values(60 * 60);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = i / 60 % 2 == 0 ? 0.0F : 1.0F;
  }
  TensorGrid grid;
  grid.rect = {4, 8, 60, 60};
  grid.visible = grid.rect;
  grid.tensor = Tensor({1, 1, 60, 60}, values);
  grid.scale = {.kind = ColorScale::Kind::kSequential,
                .low = 0,
                .high = 1,
                .stops = {{{10, 20, 30}, {90, 90, 90}, {255, 254, 253}}}};
  const std::string body = tikz_body({grid});
  // 3 / 4 of a point a pixel; its lower edge is 68 pixels below the top.
  EXPECT_NE(body.find("{q 45 0 0 45 3 -51 cm BI /W 60 /H 60 /CS /RGB /BPC 8 /F /AHx ID\n"),
            std::string::npos)
      << body.substr(0, 300);
  const std::size_t start = body.find("ID\n") + 3;
  std::string digits = body.substr(start, body.find("\\string>") - start);
  std::erase(digits, '\n');
  ASSERT_EQ(digits.size(), 60U * 60U * 6U);
  EXPECT_EQ(digits.substr(0, 6), "0A141E");
  EXPECT_EQ(digits.substr(59 * 6, 6), "0A141E");
  EXPECT_EQ(digits.substr(60 * 6, 6), "FFFEFD");
  EXPECT_EQ(digits.substr(120 * 6, 6), "0A141E");
}

TEST(Tikz, WhatTexCantHoldIsLeftOut) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(tikz_body({Box{.rect = {nan, 0, 1, 1}, .fill = {1, 1, 1}},
                       Line{{0, 0}, {20000, 0}, {1, 1, 1}},
                       Polygon{.points = {{0, 0}, {nan, 1}}, .fill = {1, 1, 1}}}),
            "");
}

TEST(Tikz, CyrillicAsksForItsEncoding) {
  Picture picture;
  picture.width = 80;
  picture.height = 40;
  EXPECT_EQ(tikz::tex_of(picture, half_em()).find("T2A"), std::string::npos);
  picture.records = {Text{.at = {1, 1}, .text = "Шаг", .color = {0, 0, 0}}};
  EXPECT_NE(tikz::tex_of(picture, half_em()).find("T2A"), std::string::npos);
}

}  // namespace
}  // namespace convscope::picture
