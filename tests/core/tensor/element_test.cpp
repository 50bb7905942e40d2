// npy_test.cpp covers the other types.
#include "core/tensor/element.h"

#include <gtest/gtest.h>

#include <array>

namespace convscope {
namespace {

float bfloat16(int low, int high) {
  const std::array bytes = {std::byte(low), std::byte(high)};
  return element_at(bytes.data(), {'B', 2});
}

// The upper halves of float32's 1 (3F80 0000), -2 (C000 0000) and pi (4049 0FDB).
TEST(Element, BFloat16IsTheUpperHalfOfFloat32) {
  EXPECT_EQ(bfloat16(0x80, 0x3F), 1.0F);
  EXPECT_EQ(bfloat16(0x00, 0xC0), -2.0F);
  EXPECT_EQ(bfloat16(0x49, 0x40), 3.140625F);
}

}  // namespace
}  // namespace convscope
