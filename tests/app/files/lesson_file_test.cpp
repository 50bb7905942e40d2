#include "app/files/lesson_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "app/files/embedded.h"
#include "app/files/image/image_file.h"
#include "app/files/system/file_io.h"
#include "core/lesson/build/pictures.h"
#include "core/tensor/npy.h"
#include "core/tensor/problem.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;

class LessonFile : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() /
              ("convscope-lesson-" +
               std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "data");
  }
  void TearDown() override { fs::remove_all(folder_); }

  // A colour picture of 4 x 3 whose red counts up from 0.
  void write_png(const fs::path& path) const {
    Pixels pixels{4, 3, std::vector<std::uint8_t>(48, 255)};
    for (std::size_t i = 0; i < 12; ++i) {
      pixels.rgba[4 * i] = static_cast<std::uint8_t>(i);
      pixels.rgba[4 * i + 1] = 7;
    }
    write_file(path, png_bytes(pixels));
  }

  fs::path folder_;
};

std::string code_of_opening(const std::string& what) {
  try {
    open_lesson(what);
  } catch (const Failure& failure) {
    return failure.problem().code;
  }
  return "opened";
}

TEST_F(LessonFile, BundledLessonsComeInTeachingOrder) {
  const std::vector<std::string> ids = bundled_lesson_ids();
  const std::vector<std::string> first = {"cross-5x5", "template-match", "photo-edges",
                                          "forward-pass", "linear-layer"};
  ASSERT_GE(ids.size(), first.size());
  EXPECT_EQ(std::vector<std::string>(ids.begin(), ids.begin() + 5), first);
}

TEST_F(LessonFile, EveryBundledLessonOpensUnderItsOwnId) {
  for (const std::string& id : bundled_lesson_ids()) {
    EXPECT_EQ(open_lesson(id).id, id);
  }
}

TEST_F(LessonFile, AHeadingSaysWhatItsLessonSays) {
  for (const std::string& id : bundled_lesson_ids()) {
    const lesson::Heading heading = bundled_heading(id);
    const lesson::Lesson lesson = open_lesson(id);
    EXPECT_EQ(heading.id, lesson.id);
    EXPECT_EQ(heading.title, lesson.title);
    EXPECT_EQ(heading.summary, lesson.summary);
  }
}

TEST_F(LessonFile, AnImageIsConvolvedWithTheEdgeFilterOnEveryChannel) {
  write_png(folder_ / "photo.png");
  const lesson::Lesson lesson = open_lesson((folder_ / "photo.png").string());
  EXPECT_EQ(lesson.id, "photo");
  EXPECT_EQ(lesson.title.in(lesson::Language::kRussian), "photo.png");
  const lesson::Scene& scene = lesson.scenes.at(0);
  EXPECT_EQ(scene.input.base.shape(), (Shape{1, 3, 3, 4}));
  EXPECT_EQ(scene.input.base.at({0, 0, 2, 3}), 11.0F);
  const Tensor& weight = scene.layers.at(0).weight.base;
  EXPECT_EQ(weight.shape(), (Shape{1, 3, 3, 3}));
  for (std::int64_t i = 0; i < 27; ++i) {
    EXPECT_EQ(weight.values()[static_cast<std::size_t>(i)], i % 9 == 4 ? 8.0F : -1.0F);
  }
  EXPECT_FALSE(scene.layers.at(0).spec.bias);
}

TEST_F(LessonFile, EveryBuiltInPictureOpensByItsName) {
  std::vector<std::string> files;
  for (const auto& [name, word] : lesson::kPictures) {
    files.push_back("images/" + std::string(name) + ".png");
    const lesson::Lesson opened = open_lesson(std::string(name));
    EXPECT_EQ(opened.id, name);
    const Shape shape = opened.scenes[0]->input.base.shape();
    EXPECT_GE(std::min(shape.h, shape.w), 256) << name;
    EXPECT_EQ(
        open_told("nn.Conv2d(" + std::to_string(shape.c) + ", 2, 3)", {.input = std::string(name)})
            .lesson.scenes[0]
            ->input.base.shape(),
        shape);
  }
  std::ranges::sort(files);
  EXPECT_EQ(files, assets_below("images")) << "a picture that nobody can choose";
}

TEST_F(LessonFile, AnArrayOpensTheSameWay) {
  const std::array<std::int64_t, 2> shape = {3, 3};
  const std::array<float, 9> values = {0, 1, 2, 3, 4, 5, 6, 7, 8};
  write_file(folder_ / "array.npy", npy_bytes(shape, values));
  const lesson::Lesson lesson = open_lesson((folder_ / "array.npy").string());
  EXPECT_EQ(lesson.scenes.at(0)->input.base.shape(), (Shape{1, 1, 3, 3}));
}

TEST_F(LessonFile, AnImageTooSmallForTheFilterIsRefused) {
  write_file(folder_ / "dot.png", png_bytes({2, 2, std::vector<std::uint8_t>(16, 9)}));
  EXPECT_EQ(code_of_opening((folder_ / "dot.png").string()), "input_too_small");
}

TEST_F(LessonFile, AnUnknownIdOrFileIsReported) {
  EXPECT_EQ(code_of_opening("no-such-lesson"), "lesson_unknown");
  EXPECT_EQ(code_of_opening(""), "lesson_unknown");
  EXPECT_EQ(code_of_opening(folder_.string()), "file_is_folder");
  write_file(folder_ / "notes.txt", "not a lesson at all");
  EXPECT_EQ(code_of_opening((folder_ / "notes.txt").string()), "file_unknown_kind");
}

// Targa has no signature: it is recognized by its name together with a plausible header.
TEST_F(LessonFile, ATargaIsALessonByItsNameAndHeader) {
  // 3 x 3 grey pixels, uncompressed, the top row first.
  std::string targa("\0\0\3\0\0\0\0\0\0\0\0\0\3\0\3\0\10\40", 18);
  targa += "abcdefghi";
  write_file(folder_ / "photo.tga", targa);
  write_file(folder_ / "photo.TGA", targa);
  write_file(folder_ / "photo.bin", targa);
  write_file(folder_ / "text.tga", "This is no picture, whatever its name says.");
  const lesson::Lesson lesson = open_lesson((folder_ / "photo.tga").string());
  EXPECT_EQ(lesson.scenes.at(0)->input.base.shape(), (Shape{1, 1, 3, 3}));
  EXPECT_EQ(lesson.scenes.at(0)->input.base.at({0, 0, 0, 2}), 'c');
  EXPECT_EQ(code_of_opening((folder_ / "photo.TGA").string()), "opened");
  EXPECT_EQ(code_of_opening((folder_ / "photo.bin").string()), "file_unknown_kind");
  EXPECT_EQ(code_of_opening((folder_ / "text.tga").string()), "file_unknown_kind");
}

TEST_F(LessonFile, AnUnknownNameSuggestsTheThreeNearest) {
  try {
    open_lesson("strides");
    FAIL();
  } catch (const Failure& failure) {
    const auto& values = failure.problem().values;
    const std::string list = std::get<std::string>(values.at(1).second);
    EXPECT_TRUE(list.starts_with("stride, ")) << list;
    EXPECT_EQ(std::ranges::count(list, ','), 2) << list;
  }
}

TEST_F(LessonFile, FilesNextToTheLessonAreStillFoundAfterSavingElsewhere) {
  write_png(folder_ / "data" / "photo.png");
  write_file(folder_ / "data" / "lesson.json",
             R"({"format": 1, "id": "kept", "title": "Kept", "scenes": [{
                 "input": {"image": "photo.png"},
                 "layers": [{"op": "conv2d", "weight": {"seed": 1, "shape": [1, 3, 2, 2]}}]}]})");
  const lesson::Lesson lesson = open_lesson((folder_ / "data" / "lesson.json").string());
  save_lesson(lesson, folder_ / "moved.json");
  EXPECT_NE(read_text_file(folder_ / "moved.json", 1 << 20).find("\"data/photo.png\""),
            std::string::npos);
  const lesson::Lesson moved = open_lesson((folder_ / "moved.json").string());
  EXPECT_TRUE(identical(moved.scenes.at(0)->input.base, lesson.scenes.at(0)->input.base));
  EXPECT_TRUE(identical(moved.scenes.at(0)->layers.at(0).weight.base,
                        lesson.scenes.at(0)->layers.at(0).weight.base));
}

// Besides the input's file, a starting weight and a reference map may also be next to the lesson.
TEST_F(LessonFile, EveryTensorsFileMovesAlong) {
  write_file(folder_ / "data" / "w.npy",
             npy_bytes(std::array<std::int64_t, 2>{1, 1}, std::array<float, 1>{3}));
  write_file(folder_ / "data" / "lesson.json",
             R"({"format": 1, "id": "kept", "title": "Kept", "scenes": [{
                 "input": {"npy": "w.npy"},
                 "layers": [{"op": "conv2d", "weight": {"npy": "w.npy"}}],
                 "training": {"start": {"npy": "w.npy"}, "target": {"npy": "w.npy"}},
                 "claim": {"label": "x", "npy": "w.npy"}}]})");
  save_lesson(open_lesson((folder_ / "data" / "lesson.json").string()), folder_ / "moved.json");
  const lesson::Scene scene = open_lesson((folder_ / "moved.json").string()).scenes.at(0);
  EXPECT_EQ(scene.training->start.base.at({0, 0, 0, 0}), 3);
  EXPECT_EQ(scene.training->target.base.at({0, 0, 0, 0}), 3);
  EXPECT_EQ(scene.reference_map->map.base.at({0, 0, 0, 0}), 3);
}

}  // namespace
}  // namespace convscope::files
