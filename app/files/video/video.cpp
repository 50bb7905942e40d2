#include "app/files/video/video.h"

#include <random>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include "app/files/system/child_program.h"
#include "app/files/system/file_io.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

// Even sides, as the encoders need them, and the colours of high definition.
constexpr const char* kFilter =
    "pad=ceil(iw/2)*2:ceil(ih/2)*2,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p";

constexpr std::uint64_t kMostVideoBytes = std::uint64_t{4} << 30;

using Words = std::vector<std::string>;

// A folder of our own, gone with everything in it at the end: an MP4 can't be written to a pipe.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::random_device random;
    path_ = std::filesystem::temp_directory_path() /
            ("convscope-" + std::to_string(random()) + std::to_string(random()));
    std::error_code error;
    if (!std::filesystem::create_directory(path_, error)) {
      throw Failure(
          {"file_unwritable", "", {{"file", utf8_of(path_)}, {"reason", error.message()}}});
    }
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all, error);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  std::filesystem::path file(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// Raw frames in; colours as most players expect them, and sides that are even, which 4:2:0 needs.
// Without the encoder's version and random numbers the same frames give the same bytes.
Words command_of(const std::string& ffmpeg, const Footage& footage, const Words& encoder,
                 const std::filesystem::path& out) {
  Words words = {ffmpeg,
                 "-nostdin",
                 "-loglevel",
                 "error",
                 "-f",
                 "rawvideo",
                 "-pixel_format",
                 "rgba",
                 "-video_size",
                 std::to_string(footage.width) + "x" + std::to_string(footage.height),
                 "-framerate",
                 std::to_string(footage.frames_per_second),
                 "-i",
                 "pipe:0",
                 "-vf",
                 kFilter,
                 "-colorspace",
                 "bt709",
                 "-color_primaries",
                 "bt709",
                 "-color_trc",
                 "bt709",
                 "-fflags",
                 "+bitexact",
                 "-flags:v",
                 "+bitexact",
                 "-map_metadata",
                 "-1"};
  words.insert(words.end(), encoder.begin(), encoder.end());
  words.insert(words.end(), {"-y", out.string()});
  return words;
}

std::string video_of(const Footage& footage, const std::string& ending, const Words& encoder) {
  const std::string ffmpeg = found_in_path("ffmpeg");
  if (ffmpeg.empty()) {
    throw Failure({"ffmpeg_missing", "", {{"format", ending}}});
  }
  const ScratchFolder folder;
  const std::filesystem::path out = folder.file("film" + ending);
  FedProgram program(command_of(ffmpeg, footage, encoder, out));
  bool fed = true;
  for (std::int64_t i = 0; fed && i < footage.frames; ++i) {
    const Frame frame = footage.pixels(i);
    fed = program.write(std::as_bytes(std::span(frame.pixels().rgba)));
  }
  if (!program.finish() || !fed) {
    const std::string reason = program.complaint();
    throw Failure({reason.empty() ? "ffmpeg_silent" : "ffmpeg_failed",
                   "",
                   {{"format", ending}, {"reason", reason}}});
  }
  return read_text_file(out, kMostVideoBytes);
}

}  // namespace

std::string mp4_of(const Footage& footage) {
  return video_of(
      footage, ".mp4",
      {"-c:v", "libx264", "-preset", "medium", "-crf", "18", "-movflags", "+faststart"});
}

std::string webm_of(const Footage& footage) {
  return video_of(
      footage, ".webm",
      {"-c:v", "libvpx-vp9", "-crf", "24", "-b:v", "0", "-cpu-used", "4", "-row-mt", "1"});
}

}  // namespace convscope::files
