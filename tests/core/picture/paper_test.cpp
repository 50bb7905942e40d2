#include "core/picture/display/paper.h"

#include <gtest/gtest.h>

namespace convscope::picture {
namespace {

TEST(Paper, IsWhiteWithThinLines) {
  Picture picture;
  picture.background = {10, 20, 30};
  picture.records = {Box{.rect = {0, 0, 4, 4}, .fill = {10, 20, 30, 200}, .stroke_width = 4},
                     Box{.rect = {0, 0, 4, 4}, .fill = {11, 20, 30}},
                     Line{.from = {0, 0}, .to = {1, 0}, .width = 2}};
  const Picture paper = on_paper(picture);
  EXPECT_EQ(paper.background, (Rgba{255, 255, 255}));
  EXPECT_EQ(std::get<Box>(paper.records[0]).fill, (Rgba{255, 255, 255, 200}));  // the ground
  EXPECT_EQ(std::get<Box>(paper.records[1]).fill, (Rgba{11, 20, 30}));
  EXPECT_LT(std::get<Box>(paper.records[0]).stroke_width, 4);
  EXPECT_LT(std::get<Line>(paper.records[2]).width, 2);
}

}  // namespace
}  // namespace convscope::picture
