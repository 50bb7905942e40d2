// Compares a picture with a reviewed one in tests/golden/png. With CONVSCOPE_UPDATE_GOLDENS=1 in
// the environment it rewrites the reviewed ones: look at them before committing.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "app/files/image/image_file.h"
#include "app/files/system/file_io.h"
#include "app/paint/painter.h"

namespace convscope {

// One pixel channel of `pixels` as 0..255.
inline int channel_at(const files::Pixels& pixels, int x, int y, int channel) {
  return pixels.rgba[static_cast<std::size_t>((y * pixels.width + x) * 4 + channel)];
}

// Expected, actual, and where they differ (white on black), side by side.
inline files::Pixels side_by_side(const files::Pixels& got, const Tensor& expected, int tolerance) {
  const int width = got.width;
  files::Pixels all{width * 3, got.height, {}};
  all.rgba.assign(static_cast<std::size_t>(all.width * all.height * 4), 255);
  for (int y = 0; y < got.height; ++y) {
    for (int x = 0; x < width; ++x) {
      bool differs = false;
      for (int c = 0; c < 3; ++c) {
        const auto put = [&](int column, int value) {
          all.rgba[static_cast<std::size_t>((y * all.width + column * width + x) * 4 + c)] =
              static_cast<std::uint8_t>(value);
        };
        const int want = static_cast<int>(expected.at({0, c, y, x}));
        const int have = channel_at(got, x, y, c);
        differs = differs || std::abs(want - have) > tolerance;
        put(0, want);
        put(1, have);
      }
      for (int c = 0; c < 3; ++c) {
        all.rgba[static_cast<std::size_t>((y * all.width + 2 * width + x) * 4 + c)] =
            differs ? 255 : 0;
      }
    }
  }
  return all;
}

// 99.9 % of the pixels must be within 3/255 of the golden in every channel. Goldens were drawn by
// llvmpipe; call GTEST_SKIP() if golden_renderer() is false.
inline bool golden_renderer() { return paint::gl_renderer().find("llvmpipe") != std::string::npos; }

inline ::testing::AssertionResult matches_golden(const files::Pixels& got,
                                                 const std::string& name) {
  constexpr int kTolerance = 3;
  const auto golden =
      std::filesystem::path(CONVSCOPE_SOURCE_DIR) / "tests/golden/png" / (name + ".png");
  if (std::getenv("CONVSCOPE_UPDATE_GOLDENS") != nullptr) {
    std::filesystem::create_directories(golden.parent_path());
    files::write_file(golden, files::png_bytes(got));
    return ::testing::AssertionSuccess();
  }
  const Tensor expected = files::decode_image(files::read_file(golden, 1 << 28), golden.string());
  if (expected.shape() != Shape{1, 3, got.height, got.width}) {
    return ::testing::AssertionFailure()
           << name << " has another size: " << got.width << " x " << got.height;
  }
  std::int64_t different = 0;
  for (int y = 0; y < got.height; ++y) {
    for (int x = 0; x < got.width; ++x) {
      bool same = true;
      for (int c = 0; c < 3; ++c) {
        const int want = static_cast<int>(expected.at({0, c, y, x}));
        same = same && std::abs(want - channel_at(got, x, y, c)) <= kTolerance;
      }
      different += same ? 0 : 1;
    }
  }
  if (different * 1000 <= std::int64_t{got.width} * got.height) {
    return ::testing::AssertionSuccess();
  }
  const auto report = std::filesystem::path(CONVSCOPE_BINARY_DIR) / "golden_failures";
  std::filesystem::create_directories(report);
  const auto file = report / (name + ".png");
  files::write_file(file, files::png_bytes(side_by_side(got, expected, kTolerance)));
  return ::testing::AssertionFailure()
         << different << " pixels differ; expected, got and difference: " << file.string();
}

}  // namespace convscope
