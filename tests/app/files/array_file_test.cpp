// Files of arrays in the place of a lesson, as its tensors and as its weights.
#include "app/files/array_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/files/array_lesson.h"
#include "app/files/lesson_file.h"
#include "core/tensor/problem.h"
#include "tests/support/zip_writer.h"

namespace convscope::files {
namespace {

namespace fs = std::filesystem;
using testing::safetensors_of;
using testing::zip_of;

class ArrayFile : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return (folder_ / name).string();
  }
  static std::string array(const std::vector<std::int64_t>& shape, float first) {
    std::int64_t count = 1;
    for (const std::int64_t side : shape) {
      count *= side;
    }
    std::vector<float> values;
    for (std::int64_t i = 0; i < count; ++i) {
      values.push_back(first + static_cast<float>(i));
    }
    return npy_bytes(shape, values);
  }
  std::string code_of(const std::string& what) const {
    try {
      open_lesson(what);
    } catch (const Failure& failure) {
      return failure.problem().code;
    }
    return "";
  }

  const fs::path folder_ =
      fs::temp_directory_path() / (std::string("convscope-arrays-") +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(ArrayFile, NamesShapesAndTypesAreListed) {
  const auto npy = arrays_of(write("a.npy", array({2, 3}, 0)));
  ASSERT_EQ(npy.size(), 1u);
  EXPECT_EQ(npy[0].name, "");
  EXPECT_EQ(npy[0].dtype, "float32");
  EXPECT_EQ(npy[0].shape, (std::vector<std::int64_t>{2, 3}));
  const auto npz = arrays_of(write(
      "a.npz",
      zip_of({{"x.npy", array({2}, 0)}, {"notes.txt", "hello"}, {"y.npy", array({1, 4}, 0)}})));
  ASSERT_EQ(npz.size(), 2u);
  EXPECT_EQ(npz[1].name, "y");
}

// BF16 keeps the upper half of a float32: 0x3FC0 is 1.5, 0xC000 is -2. F16: 0x3C00 is 1.
TEST_F(ArrayFile, HalfPrecisionIsRead) {
  const std::string file = write(
      "m.safetensors", safetensors_of(R"({"b":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]},)"
                                      R"("h":{"dtype":"F16","shape":[1],"data_offsets":[4,6]}})",
                                      std::string("\xC0\x3F\x00\xC0\x00\x3C", 6)));
  std::ifstream in(file, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  const auto of = [&](const char* name, const char* slice = "") {
    return read_array(std::as_bytes(std::span(bytes)),
                      {lesson::FileSource::Kind::kSafetensors, file, name, slice}, file)
        .values;
  };
  EXPECT_EQ(of("b"), (std::vector<float>{1.5F, -2}));
  EXPECT_EQ(of("b", "1:"), (std::vector<float>{-2}));
  EXPECT_EQ(of("h"), (std::vector<float>{1}));
}

// Layers take the arrays of their shapes in the order of the file.
TEST_F(ArrayFile, LayersTakeTheirWeights) {
  const std::string file = write("w.npz", zip_of({{"0.weight.npy", array({2, 1, 3, 3}, 10)},
                                                  {"0.bias.npy", array({2}, 5)},
                                                  {"2.weight.npy", array({2, 2, 1, 1}, 7)}}));
  const OpenedLesson opened = open_told(
      "nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Conv2d(2, 2, 1))", {.weights = file});
  const lesson::Scene& scene = *opened.lesson.scenes.front();
  EXPECT_EQ(scene.layers[0].weight.base.at({0, 0, 0, 1}), 11);
  EXPECT_EQ(scene.layers[0].bias.base.at({0, 0, 0, 1}), 6);
  EXPECT_EQ(scene.layers[2].weight.base.at({1, 1, 0, 0}), 10);
  EXPECT_TRUE(reads_file(opened.lesson, file));
  EXPECT_THROW(open_told("nn.Conv2d(1, 2, 5)", {.weights = file}), Failure);
}

// Saved elsewhere, the reference goes along and leads to the same numbers.
TEST_F(ArrayFile, SavingKeepsTheReference) {
  write("w.npz", zip_of({{"w.npy", array({2, 1, 2, 2}, 1)}}));
  const std::string from = write("a.json", R"({"format": 1, "id": "a", "title": "A", "scenes": [
      {"input": {"seed": 1, "shape": [5, 5]},
       "layers": [{"op": "conv2d", "weight": {"npz": "w.npz", "name": "w", "slice": "1:"}}]}]})");
  fs::create_directories(folder_ / "other");
  const lesson::Lesson lesson = open_lesson(from);
  save_lesson(lesson, folder_ / "other" / "b.json");
  const lesson::Lesson again = open_lesson((folder_ / "other" / "b.json").string());
  EXPECT_EQ(again.scenes.front()->layers[0].weight, lesson.scenes.front()->layers[0].weight);
  EXPECT_EQ(again.scenes.front()->layers[0].weight.base.at({0, 0, 0, 0}), 5);
}

// Each says more than there is; nothing of that is believed.
TEST_F(ArrayFile, HeadersThatLieAreRefused) {
  EXPECT_EQ(code_of(write("a.npz", "PK\x03\x04 and no more than that, at least 22 bytes")),
            "zip_damaged");
  EXPECT_EQ(code_of(write("huge.safetensors",
                          safetensors_of(R"({"w":{"dtype":"F32","shape":[1099511627776,4],)"
                                         R"("data_offsets":[0,16]}})",
                                         std::string(16, 'x')))),
            "safetensors_entry");
  EXPECT_EQ(code_of(write("short.safetensors", testing::little_end_first(1ull << 40, 8) + "{")),
            "safetensors_short");
  const std::string sparse =
      "{'descr': '|i1', 'fortran_order': False, 'shape': (1, 1, 16384, 40000), }";
  const std::string header = sparse + std::string(117 - sparse.size(), ' ') + "\n";
  EXPECT_EQ(code_of(write("lying.npy", std::string("\x93NUMPY\x01\0", 8) +
                                           testing::little_end_first(header.size(), 2) + header)),
            "npy_truncated");
}

TEST_F(ArrayFile, ATypeThatCannotBeReadIsNamed) {
  const auto eights = [](const char* more) {
    return safetensors_of(R"({"w":{"dtype":"F8_E4M3","shape":[2,3,3,3],"data_offsets":[0,54]})" +
                              std::string(more) + "}",
                          std::string(54, 'x') + (*more == '\0' ? "" : std::string(4, 'x')));
  };
  EXPECT_EQ(code_of(write("a.safetensors", eights(""))), "safetensors_dtype");
  EXPECT_EQ(code_of(write("b.safetensors",
                          eights(R"(,"loss":{"dtype":"F32","shape":[1],"data_offsets":[54,58]})"))),
            "safetensors_dtype");
}

TEST_F(ArrayFile, ArraysOfWhichNoneFitsAreNamed) {
  const std::string file = write("v.npz", zip_of({{"loss.npy", array({7}, 0)}}));
  EXPECT_EQ(code_of(file), "arrays_none_fits");
}

}  // namespace
}  // namespace convscope::files
