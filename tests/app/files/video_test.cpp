#include "app/files/video/video.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/files/system/file_io.h"
#include "core/tensor/problem.h"
#include "tests/app/files/frames.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

class Video : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "bin");
    fs::create_directories(folder_ / "tmp");
    setenv("TMPDIR", (folder_ / "tmp").c_str(), 1);
  }
  void TearDown() override {
    setenv("PATH", path_.c_str(), 1);
    unsetenv("TMPDIR");
    fs::remove_all(folder_);
  }

  // 25 frames of 31 by 17, which 4:2:0 can't have.
  Footage footage() const {
    return {.width = 31,
            .height = 17,
            .frames = 25,
            .frames_per_second = 25,
            .metrics = metrics_,
            .picture = {},
            .pixels = [](std::int64_t i) {
              return Frame(one_color(31, 17, i < 12 ? 0xFF0000FF : 0x0000FFFF));
            }};
  }

  // A program named ffmpeg that does so.
  void pretend_ffmpeg(const std::string& script) const {
    const fs::path file = folder_ / "bin" / "ffmpeg";
    std::ofstream(file) << "#!/bin/sh\n" << script;
    fs::permissions(file, fs::perms::owner_all);
    setenv("PATH", ((folder_ / "bin").string() + ":" + path_).c_str(), 1);
  }

  Problem problem_of_mp4() const {
    try {
      mp4_of(footage());
    } catch (const Failure& failure) {
      return failure.problem();
    }
    return {};
  }

  const fs::path folder_ =
      fs::temp_directory_path() / (std::string("convscope-video-") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  const std::string path_ = std::getenv("PATH");
  picture::TextMetrics metrics_;
};

TEST_F(Video, FfprobeFindsTheFramesAndTheirColors) {
  if (!has_program("ffmpeg") || !has_program("ffprobe")) {
    GTEST_SKIP() << "no ffmpeg";
  }
  for (const bool webm : {false, true}) {
    const fs::path file = folder_ / (webm ? "a.webm" : "a.mp4");
    write_file(file, webm ? webm_of(footage()) : mp4_of(footage()));
    const fs::path told = folder_ / "told";
    ASSERT_EQ(std::system(("ffprobe -v error -count_frames -show_entries "
                           "stream=codec_name,width,height,nb_read_frames,r_frame_rate "
                           "-of default=nw=1:nk=1 '" +
                           file.string() + "' > '" + told.string() + "'")
                              .c_str()),
              0);
    EXPECT_EQ(read_text_file(told, 1000),
              std::string(webm ? "vp9" : "h264") + "\n32\n18\n25/1\n25\n");
    ASSERT_EQ(std::system(("ffmpeg -v error -i '" + file.string() +
                           "' -f rawvideo -pix_fmt rgb24 '" + (folder_ / "raw").string() + "'")
                              .c_str()),
              0);
    const std::string raw = read_text_file(folder_ / "raw", 1 << 20);
    ASSERT_EQ(raw.size(), 32U * 18 * 3 * 25);
    const auto part = [&](std::size_t frame, std::size_t c) {
      return static_cast<int>(
          static_cast<unsigned char>(raw[(frame * 32 * 18 + 8 * 32 + 16) * 3 + c]));
    };
    EXPECT_NEAR(part(2, 0), 255, 12);
    EXPECT_NEAR(part(2, 2), 0, 12);
    EXPECT_NEAR(part(20, 0), 0, 12);
    EXPECT_NEAR(part(20, 2), 255, 12);
    fs::remove(folder_ / "raw");
  }
  EXPECT_TRUE(fs::is_empty(folder_ / "tmp"));
}

TEST_F(Video, TheSameFramesGiveTheSameBytes) {
  if (!has_program("ffmpeg")) {
    GTEST_SKIP() << "no ffmpeg";
  }
  EXPECT_EQ(mp4_of(footage()), mp4_of(footage()));
  EXPECT_EQ(webm_of(footage()), webm_of(footage()));
}

TEST_F(Video, WithoutFfmpegItSaysSo) {
  setenv("PATH", (folder_ / "bin").c_str(), 1);
  EXPECT_EQ(problem_of_mp4().code, "ffmpeg_missing");
}

TEST_F(Video, AnFfmpegThatDiesLeavesNothing) {
  pretend_ffmpeg("echo first >&2; echo the disk is full >&2; exit 1\n");
  Problem problem = problem_of_mp4();
  EXPECT_EQ(problem.code, "ffmpeg_failed");
  EXPECT_EQ(std::get<std::string>(problem.values.back().second), "the disk is full");
  // While it is still being fed.
  pretend_ffmpeg(
      "for last; do :; done; echo half > \"$last\"; head -c 100 >/dev/null; kill -9 $$\n");
  EXPECT_EQ(problem_of_mp4().code, "ffmpeg_silent");
  EXPECT_TRUE(fs::is_empty(folder_ / "tmp"));
}

TEST_F(Video, AFailureAmongTheFramesLeavesNothing) {
  pretend_ffmpeg("for last; do :; done; echo half > \"$last\"; cat >/dev/null; sleep 60\n");
  Footage broken = footage();
  broken.pixels = [](std::int64_t i) -> Frame {
    if (i == 3) {
      throw Failure({"interrupted", "", {}});
    }
    return one_color(31, 17, 0);
  };
  EXPECT_THROW(webm_of(broken), Failure);
  EXPECT_TRUE(fs::is_empty(folder_ / "tmp"));
}

}  // namespace
}  // namespace convscope::files
