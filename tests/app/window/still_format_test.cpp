#include "app/window/still_format.h"

#include <gtest/gtest.h>

#include "core/tensor/problem.h"

namespace convscope::window {
namespace {

std::string refusal(const std::string& path) {
  try {
    still_format(path);
  } catch (const Failure& failure) {
    return failure.problem().code;
  }
  return "taken";
}

TEST(StillFormat, UpperAndLowerCaseAreTheSame) {
  EXPECT_EQ(still_format("/a/b.PNG"), StillFormat::kPng);
  EXPECT_EQ(still_format("b.png"), StillFormat::kPng);
  EXPECT_EQ(still_format("b.Svg"), StillFormat::kSvg);
}

TEST(StillFormat, WhatIsRefusedSaysWhatWouldDo) {
  EXPECT_EQ(refusal("b.gif"), "export_animation");
  EXPECT_EQ(refusal("b.GIF"), "export_animation");
  EXPECT_EQ(refusal("b"), "export_no_ending");
  EXPECT_EQ(refusal("b.webp"), "export_format");
}

}  // namespace
}  // namespace convscope::window
