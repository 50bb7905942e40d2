// Damaged files of every kind: each is opened or refused with a problem, and nothing else happens.
// Run these under the sanitizers (preset asan) to detect out-of-bounds reads and writes.
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#include <stb_image_write.h>

#include "app/files/embedded.h"
#include "app/files/image/gif.h"
#include "app/files/image/image_file.h"
#include "app/files/lesson_file.h"
#include "app/files/system/file_io.h"
#include "core/tensor/npy.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

constexpr int kRounds = 300;
constexpr int kWidth = 21;
constexpr int kHeight = 13;

// The same sequence on every platform, unlike the distributions of <random>.
class Dice {
 public:
  std::size_t below(std::size_t limit) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33) % limit;
  }

 private:
  std::uint64_t state_ = 1;
};

// Changes some bytes (often to values that formats treat specially), flips one bit, or truncates.
std::string mutated(std::string file, Dice& dice) {
  constexpr std::string_view kSpecial("\x00\x01\x7f\x80\xfe\xff", 6);
  const std::size_t kind = dice.below(8);
  if (kind == 0) {
    file.resize(dice.below(file.size()));
    return file;
  }
  for (std::size_t i = 0; i < kind; ++i) {
    // Headers deserve more mutations than the rest.
    char& byte =
        file[dice.below(dice.below(2) == 0 ? std::min<std::size_t>(file.size(), 64) : file.size())];
    switch (dice.below(3)) {
      case 0:
        byte = kSpecial[dice.below(kSpecial.size())];
        break;
      case 1:
        byte = static_cast<char>(byte ^ (1 << dice.below(8)));
        break;
      default:
        byte = static_cast<char>(dice.below(256));
    }
  }
  return file;
}

// How many of the mutants were refused. Any exception other than Failure fails the test.
int refused(const std::string& original, const std::function<void(const std::string&)>& open) {
  Dice dice;
  int count = 0;
  for (int round = 0; round < kRounds; ++round) {
    try {
      open(mutated(original, dice));
    } catch (const Failure& failure) {
      EXPECT_FALSE(failure.problem().code.empty());
      ++count;
    }
  }
  return count;
}

std::vector<std::uint8_t> photo(int channels) {
  std::vector<std::uint8_t> bytes;
  for (int i = 0; i < kWidth * kHeight * channels; ++i) {
    bytes.push_back(static_cast<std::uint8_t>(i * 37 + i / 50));
  }
  return bytes;
}

void append(void* file, void* bytes, int size) {
  static_cast<std::string*>(file)->append(static_cast<const char*>(bytes),
                                          static_cast<std::size_t>(size));
}

std::string jpeg() {
  std::string file;
  stbi_write_jpg_to_func(append, &file, kWidth, kHeight, 3, photo(3).data(), 80);
  return file;
}

std::string bitmap() {
  std::string file;
  stbi_write_bmp_to_func(append, &file, kWidth, kHeight, 3, photo(3).data());
  return file;
}

std::string small_targa() {  // run-length encoded
  std::string file;
  stbi_write_tga_to_func(append, &file, kWidth, kHeight, 4, photo(4).data());
  return file;
}

std::string gif() {
  GifWriter writer(kWidth, kHeight, {10});
  Pixels frame{kWidth, kHeight, photo(4)};
  for (std::size_t i = 3; i < frame.rgba.size(); i += 4) {
    frame.rgba[i] = 255;
  }
  writer.add(frame);
  return writer.finish();
}

std::string png() { return png_bytes({kWidth, kHeight, photo(4)}); }

struct Format {
  const char* name;
  std::string (*sample)();
  const char* file;
};

void PrintTo(const Format& format, std::ostream* out) { *out << format.name; }

class ImageMutations : public ::testing::TestWithParam<Format> {
 protected:
  static Tensor decode(const std::string& file) {
    return decode_image(std::as_bytes(std::span(file)), GetParam().file);
  }
};

TEST_P(ImageMutations, AreOpenedOrRefused) {
  EXPECT_EQ(decode(GetParam().sample()).shape(), (Shape{1, 3, kHeight, kWidth}));
  EXPECT_GT(refused(GetParam().sample(), decode), 0);
}

TEST_P(ImageMutations, AFileCutShortIsRefused) {
  const std::string file = GetParam().sample();
  // Some formats don't need their last bytes: checksums, padding, a Targa's footer.
  for (std::size_t size = 0; size + 32 < file.size(); ++size) {
    EXPECT_THROW(decode(file.substr(0, size)), Failure) << size << " of " << file.size();
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, ImageMutations,
                         ::testing::Values(Format{"Png", png, "x.png"},
                                           Format{"Jpeg", jpeg, "x.jpg"},
                                           Format{"Bitmap", bitmap, "x.bmp"},
                                           Format{"Targa", small_targa, "x.tga"},
                                           Format{"Gif", gif, "x.gif"}),
                         [](const auto& format) { return format.param.name; });

// As files on disk: open_lesson() reads them as on the command line.
int refused_as_file(const std::string& name, const std::string& original) {
  const auto folder = std::filesystem::temp_directory_path() / ("convscope-mutations-" + name);
  std::filesystem::create_directories(folder);
  const auto path = folder / name;
  const int count = refused(original, [&](const std::string& bytes) {
    write_file(path, bytes);
    open_lesson(path.string());
  });
  std::filesystem::remove_all(folder);
  return count;
}

TEST(LessonMutations, NpyFilesAreOpenedOrRefused) {
  const std::vector<float> values(3 * 6 * 7, 1.5F);
  const std::vector<std::int64_t> shape = {1, 3, 6, 7};
  EXPECT_GT(refused_as_file("x.npy", npy_bytes(shape, values)), 0);
}

TEST(LessonMutations, LessonFilesAreOpenedOrRefused) {
  for (const char* lesson :
       {"lessons/cross-5x5.json", "lessons/rgb-same.json", "lessons/conv2d-3-to-5.json"}) {
    EXPECT_GT(refused_as_file("lesson.json", std::string(asset_text(lesson))), 0) << lesson;
  }
}

}  // namespace
}  // namespace convscope::files
