// Tensors as texts and files: as they are written, as our own readers read them, and as NumPy does.
#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <variant>

#include "core/code/numbers/number_files.h"
#include "core/code/numbers/number_texts.h"
#include "core/code/numbers/scene_tensors.h"
#include "core/import/arrays/array_text.h"
#include "core/import/files/npz.h"
#include "core/import/files/safetensors.h"
#include "core/tensor/npy.h"
#include "tests/core/code/programs.h"

namespace convscope::code {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

NamedTensor tensor_of(std::string name, std::vector<std::int64_t> sides,
                      std::vector<float> values) {
  Shape shape = {1, 1, 1, 1};
  std::int64_t* const axes[] = {&shape.n, &shape.c, &shape.h, &shape.w};
  for (std::size_t i = 0; i < sides.size(); ++i) {
    *axes[4 - sides.size() + i] = sides[i];
  }
  return {std::move(name), std::move(sides), Tensor(shape, std::move(values))};
}

NamedTensor drawn(std::string name, std::vector<std::int64_t> sides) {
  std::int64_t count = 1;
  for (const std::int64_t side : sides) {
    count *= side;
  }
  std::mt19937 random(7);
  std::vector<float> values;
  while (std::ssize(values) < count) {
    const float value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
    values.push_back(std::isfinite(value) ? value : 0.5F);
  }
  return tensor_of(std::move(name), std::move(sides), std::move(values));
}

// Finite ones first: no lesson can hold the others, so our reader refuses them.
std::vector<NamedTensor> finite_tensors() {
  return {tensor_of("img", {1, 1, 2, 3}, {1, 0, -2.5F, 0.1F, 1e-30F, 16777216}),
          tensor_of("conv.bias", {5}, {1e30F, -0.0F, 1e-45F, 3.4028235e38F, -7}),
          drawn("conv.weight", {64, 3, 3, 3}), drawn("signal", {2, 3, 17}),
          drawn("map", {2, 2, 4, 40})};
}

std::vector<NamedTensor> all_tensors() {
  std::vector<NamedTensor> tensors = finite_tensors();
  tensors.push_back(
      tensor_of("odd", {1, 2, 2, 2}, {kNan, kInfinity, -kInfinity, -0.0F, 1, 2, 3, 4}));
  return tensors;
}

std::span<const NamedTensor> only(const NamedTensor& tensor) { return {&tensor, 1}; }

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

bool same(std::span<const float> a, std::span<const float> b) {
  return std::ranges::equal(a, b, [](float x, float y) {
    return std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y);
  });
}

TEST(NumberTexts, AreWrittenAsTheirLanguagesWriteThem) {
  const NamedTensor map = tensor_of("conv.out", {1, 1, 2, 2}, {4, 0.5F, -0.0F, 1e-30F});
  EXPECT_EQ(numpy_text(only(map)),
            "conv_out = np.array([[[[4, 0.5],\n"
            "                       [-0.0, 1e-30]]]], dtype=np.float32)\n");
  EXPECT_EQ(pytorch_text(only(map)),
            "conv_out = torch.tensor([[[[4, 0.5],\n"
            "                           [-0.0, 1e-30]]]], dtype=torch.float32)\n");
  EXPECT_EQ(matlab_text(only(map)), "conv_out = [4 0.5;\n            -0.0 1e-30];\n");
  EXPECT_EQ(latex_text(only(map)),
            "\\begin{bmatrix}\n  4 & 0.5 \\\\\n  0 & 1 \\cdot 10^{-30}\n\\end{bmatrix}\n");
  EXPECT_EQ(spreadsheet_text(only(map)), "4\t0.5\n-0.0\t1e-30\n");
  EXPECT_EQ(csv_text(only(map)), "4,0.5\n-0.0,1e-30\n");
  EXPECT_EQ(markdown_text(only(map)),
            "| conv.out | 0 | 1 |\n|---|--:|--:|\n| 0 | 4 | 0.5 |\n| 1 | -0.0 | 1e-30 |\n");
  EXPECT_EQ(json_text(only(map)), "[[[[4, 0.5],\n   [-0.0, 1e-30]]]]\n");
}

TEST(NumberTexts, PartThePlanesOfATensor) {
  const NamedTensor map = tensor_of("out", {1, 2, 1, 2}, {1, 2, 3, 4});
  EXPECT_EQ(csv_text(only(map)), "1,2\n\n3,4\n");
  EXPECT_EQ(matlab_text(only(map)),
            "out = zeros(1, 2, 2, 1);\nout(:, :, 1, 1) = [1 2];\nout(:, :, 2, 1) = [3 4];\n");
  EXPECT_EQ(markdown_text(only(map)),
            "| out[0, 0] | 0 | 1 |\n|---|--:|--:|\n| 0 | 1 | 2 |\n\n"
            "| out[0, 1] | 0 | 1 |\n|---|--:|--:|\n| 0 | 3 | 4 |\n");
  EXPECT_EQ(latex_text(only(map)),
            "% out[0, 0]\n\\begin{bmatrix}\n  1 & 2\n\\end{bmatrix}\n"
            "% out[0, 1]\n\\begin{bmatrix}\n  3 & 4\n\\end{bmatrix}\n");
}

TEST(NumberTexts, LatexMakesRoomForMoreThanTenColumns) {
  EXPECT_TRUE(latex_text(only(drawn("x", {1, 11}))).starts_with("\\setcounter{MaxMatrixCols}{11}"));
  EXPECT_TRUE(latex_text(only(drawn("x", {1, 10}))).starts_with("\\begin"));
}

TEST(NumberTexts, WhatIsNotFiniteHasItsOwnWords) {
  const NamedTensor odd = tensor_of("x", {3}, {kNan, kInfinity, -kInfinity});
  EXPECT_EQ(numpy_text(only(odd)), "x = np.array([np.nan, np.inf, -np.inf], dtype=np.float32)\n");
  EXPECT_EQ(pytorch_text(only(odd)),
            "x = torch.tensor([float(\"nan\"), float(\"inf\"), -float(\"inf\")], "
            "dtype=torch.float32)\n");
  EXPECT_EQ(matlab_text(only(odd)), "x = [NaN Inf -Inf];\n");
  EXPECT_EQ(json_text(only(odd)), "[\"NaN\", \"Infinity\", \"-Infinity\"]\n");
  EXPECT_EQ(csv_text(only(odd)), "nan,inf,-inf\n");
  EXPECT_TRUE(latex_text(only(odd)).find("\\mathrm{NaN} & \\infty & -\\infty") !=
              std::string::npos);
}

TEST(NumberTexts, OurOwnReaderGetsTheSameNumbers) {
  int read = 0;
  for (const NamedTensor& tensor : finite_tensors()) {
    for (const auto write :
         {numpy_text, pytorch_text, matlab_text, spreadsheet_text, csv_text, json_text}) {
      const std::string text = write(only(tensor));
      const bool several = tensor.values.shape().n * tensor.values.shape().c > 1;
      if (several && write == matlab_text) {
        continue;  // a program of several lines
      }
      const auto pasted = imports::read_array_text(text);
      ASSERT_TRUE(imports::ok(pasted)) << text.substr(0, 300);
      EXPECT_TRUE(
          same(std::get<imports::PastedArray>(pasted).tensor.values(), tensor.values.values()))
          << text.substr(0, 300);
      ++read;
    }
  }
  EXPECT_GE(read, 27);
}

TEST(NumberFiles, OurOwnReadersGetTheSameTensors) {
  const std::vector<NamedTensor> tensors = all_tensors();
  const std::string npz = npz_file(tensors);
  const std::string safetensors = safetensors_file(tensors);
  ASSERT_EQ(imports::npz_arrays(bytes_of(npz), "all.npz").size(), tensors.size());
  ASSERT_EQ(imports::safetensors_arrays(bytes_of(safetensors), "all").size(), tensors.size());
  for (const NamedTensor& tensor : tensors) {
    for (const NpyArray& read :
         {imports::read_npz(bytes_of(npz), tensor.name, "all.npz"),
          imports::read_safetensors(bytes_of(safetensors), tensor.name, "all"),
          parse_npy(bytes_of(npy_file(only(tensor))), "one.npy")}) {
      EXPECT_EQ(read.shape, tensor.sides) << tensor.name;
      EXPECT_TRUE(same(read.values, tensor.values.values())) << tensor.name;
    }
  }
}

TEST(NumberFiles, AreTheSameBytesEveryTime) {
  EXPECT_EQ(npz_file(all_tensors()), npz_file(all_tensors()));
  EXPECT_EQ(safetensors_file(all_tensors()), safetensors_file(all_tensors()));
}

TEST(NumberFormats, AreFoundByTheEndingsOfTheirFiles) {
  EXPECT_EQ(number_endings(), ".csv, .json, .npy, .npz, .safetensors");
  EXPECT_EQ(number_format_of_ending(".npz")->word, "npz");
  EXPECT_EQ(number_format_of_ending(".txt"), nullptr);
  EXPECT_EQ(number_format_of_ending(""), nullptr);
}

TEST(NumberFormats, RefuseWhatIsTooMuch) {
  const NamedTensor ten = drawn("x", {10});
  EXPECT_FALSE(too_many_numbers(only(ten), 10));
  EXPECT_EQ(too_many_numbers(only(ten), 9)->code, "numbers_too_large");
}

TEST(SceneTensors, HaveTheNamesOfANetworksFile) {
  const Plan plan = english(drawn_lesson(3, true), 0);
  std::vector<Tensor> outputs;
  Tensor map = plan.input;
  for (const PlannedLayer& layer : plan.layers) {
    map = conv::reference_forward(map, layer.weight, layer.bias, layer.layer.spec);
    outputs.push_back(map);
  }
  const std::vector<NamedTensor> tensors = scene_tensors(plan, outputs);
  EXPECT_EQ(tensors.front().name, plan.input_name);
  EXPECT_EQ(tensors.front().sides.size(), 3u);
  EXPECT_EQ(tensors.back().name, plan.layers.back().name + ".out");
  EXPECT_EQ(tensors.back().sides, output_dimensions(plan.layers.back()));
}

// Reads every file that the test below wrote, with NumPy and the standard library alone.
constexpr const char* kReader = R"(
import json, struct
import numpy as np

def check(name, how, array):
    shape = tuple(json.load(open(name + ".shape")))
    wanted = np.fromfile(name + ".raw", dtype="<f4")
    array = np.asarray(array, dtype=np.float32)
    if how in ("csv", "spreadsheet"):
        array = array.reshape(shape)
    assert array.shape == shape, (name, how, array.shape, shape)
    got = array.ravel()
    nan = np.isnan(wanted)
    assert (np.isnan(got) == nan).all(), (name, how)
    assert got[~nan].tobytes() == wanted[~nan].tobytes(), (name, how)

npz = np.load("all.npz")
file = open("all.safetensors", "rb").read()
length, = struct.unpack("<Q", file[:8])
assert length % 8 == 0
header = json.loads(file[8:8 + length])
names = json.load(open("names"))
assert sorted(npz.files) == sorted(names) == sorted(header)
for name in names:
    check(name, "npz", npz[name])
    check(name, "npy", np.load(name + ".npy"))
    entry = header[name]
    begin, end = entry["data_offsets"]
    assert entry["dtype"] == "F32"
    check(name, "safetensors",
          np.frombuffer(file[8 + length:][begin:end], dtype="<f4").reshape(entry["shape"]))
    space = {"np": np}
    exec(open(name + ".numpy").read(), space)
    check(name, "numpy", space[name.replace(".", "_")])
    check(name, "json", json.load(open(name + ".json")))
    check(name, "csv", np.loadtxt(name + ".csv", delimiter=","))
    check(name, "spreadsheet", np.loadtxt(name + ".spreadsheet", delimiter="\t"))
)";

TEST(NumberFiles, NumpyReadsTheSameTensors) {
  const Folder folder("numbers");
  const std::string python = "/usr/bin/python3";
  if (!folder.run(python + " -c 'import numpy'")) {
    GTEST_SKIP() << "needs python3 with numpy";
  }
  const std::vector<NamedTensor> tensors = all_tensors();
  std::string names;
  for (const NamedTensor& tensor : tensors) {
    names += (names.empty() ? "[\"" : ", \"") + tensor.name + "\"";
    std::string shape;
    for (const std::int64_t side : tensor.sides) {
      shape += (shape.empty() ? "[" : ", ") + std::to_string(side);
    }
    folder.write(tensor.name + ".shape", shape + "]");
    const auto raw = std::as_bytes(tensor.values.values());
    folder.write(tensor.name + ".raw",
                 std::string(reinterpret_cast<const char*>(raw.data()), raw.size()));
    for (const NumberFormat& format : number_formats()) {
      if (!format.of_scene) {
        folder.write(tensor.name + "." + std::string(format.word), format.write(only(tensor)));
      }
    }
  }
  folder.write("names", names + "]");
  folder.write("all.npz", npz_file(tensors));
  folder.write("all.safetensors", safetensors_file(tensors));
  folder.write("read.py", kReader);
  EXPECT_TRUE(folder.run(python + " -W error read.py")) << folder.read("said");
}

}  // namespace
}  // namespace convscope::code
