// The exporter's thread, served by a painter of plain colours.
#include "app/window/export/exporter.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/files/system/file_io.h"

namespace convscope::window {
namespace {

namespace fs = std::filesystem;

std::string all_pixels(const files::Footage& footage) {
  std::string bytes;
  for (std::int64_t i = 0; i < footage.frames; ++i) {
    bytes += static_cast<char>(footage.pixels(i).pixels().rgba.front());
  }
  return bytes;
}
std::string all_pictures(const files::Footage& footage) {
  return std::to_string(footage.picture(0).width);
}
std::string refuses(const files::Footage&) { throw Failure({"export_format", "", {}}); }

class Exports : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  ExportJob job(const files::ExportFormat& format, const std::string& name) {
    return {.path = (folder_ / name).string(),
            .format = &format,
            .width = 1,
            .height = 1,
            .film = session::Film{0, 480, 10, 500},
            .metrics = &metrics_,
            .picture = [](session::Frame frame) {
              picture::Picture picture;
              picture.width = static_cast<float>(frame);
              return picture;
            }};
  }
  // Serves until it ends; cancels it while this picture is painted.
  int serve(int cancelled = -1) {
    int painted = 0;
    while (exporter_.is_busy()) {
      exporter_.serve(
          [&](const ToPaint& wanted) {
            if (++painted == cancelled) {
              progress_ = exporter_.progress().value_or(Exporter::Progress{});
              exporter_.cancel();
            }
            const float width = wanted.picture != nullptr ? wanted.picture->width
                                                          : static_cast<float>(wanted.moment);
            return files::Pixels{1, 1, {static_cast<std::uint8_t>(width / 4), 0, 0, 255}};
          },
          0.005);
    }
    return painted;
  }

  const fs::path folder_ =
      fs::temp_directory_path() / (std::string("convscope-exporter-") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  picture::TextMetrics metrics_;
  Exporter::Progress progress_;
  Exporter exporter_;
};

constexpr files::ExportFormat kFilm{".x", false, true, false, false, all_pixels};
constexpr files::ExportFormat kStill{".y", true, false, false, false, all_pictures};
constexpr files::ExportFormat kRefusing{".z", true, false, false, false, refuses};

TEST_F(Exports, EveryFrameOfTheFilmIsWrittenAndNoneIsPaintedTwice) {
  exporter_.start(job(kFilm, "a.x"));
  const int painted = serve();
  const std::string bytes = files::read_text_file(folder_ / "a.x", 1 << 20);
  // Half a second, two seconds and another half, at 10 frames a second.
  EXPECT_EQ(bytes.size(), 5u + 20u + 5u - 1u);
  EXPECT_EQ(static_cast<unsigned char>(bytes.back()), 480 / 4);
  EXPECT_EQ(painted, 21);
  const auto result = exporter_.take_result();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->code, "saved");
  EXPECT_FALSE(exporter_.take_result());
  EXPECT_FALSE(exporter_.progress());
}

TEST_F(Exports, WithoutPicturesThePainterGetsTheMoments) {
  ExportJob window = job(kFilm, "a.x");
  window.picture = nullptr;
  exporter_.start(window);
  EXPECT_EQ(serve(), 21);
  const std::string bytes = files::read_text_file(folder_ / "a.x", 1 << 20);
  EXPECT_EQ(bytes.size(), 29u);
  EXPECT_EQ(static_cast<unsigned char>(bytes.front()), 0);
  EXPECT_EQ(static_cast<unsigned char>(bytes.back()), 480 / 4);
}

TEST_F(Exports, APictureNeedsNoPainter) {
  exporter_.start(job(kStill, "a.y"));
  while (exporter_.is_busy()) {
    std::this_thread::yield();
  }
  EXPECT_EQ(exporter_.take_result()->code, "saved");
  EXPECT_TRUE(fs::exists(folder_ / "a.y"));
}

TEST_F(Exports, ACancelledOneLeavesNoFile) {
  exporter_.start(job(kFilm, "a.x"));
  EXPECT_EQ(serve(7), 7);
  EXPECT_GT(progress_.done, 0);
  EXPECT_LT(progress_.done, 1);
  EXPECT_EQ(exporter_.take_result()->code, "export_cancelled");
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(Exports, WhatFailsIsAProblem) {
  exporter_.start(job(kRefusing, "a.z"));
  serve();
  EXPECT_EQ(exporter_.take_result()->code, "export_format");
  exporter_.start(job(kFilm, "gone/a.x"));
  serve();
  EXPECT_EQ(exporter_.take_result()->code, "file_unwritable");
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(Exports, APainterThatFailsEndsTheExport) {
  exporter_.start(job(kFilm, "a.x"));
  while (exporter_.is_busy()) {
    exporter_.serve(
        [](const ToPaint&) -> files::Pixels { throw Failure({"out_of_memory", "", {}}); }, 0.01);
  }
  EXPECT_EQ(exporter_.take_result()->code, "out_of_memory");
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(Exports, TheEndOfTheProgramEndsIt) {
  Exporter exporter;
  exporter.start(job(kFilm, "a.x"));
  // Its destructor neither waits for a painter nor leaves a file.
}

}  // namespace
}  // namespace convscope::window
