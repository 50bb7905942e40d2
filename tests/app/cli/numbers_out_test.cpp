// `convscope run LESSON --out FILE`: the tensors of a scene as one file.
#include <nlohmann/json.hpp>

#include "core/import/files/npz.h"
#include "core/import/files/safetensors.h"
#include "core/tensor/npy.h"
#include "tests/app/cli/workbench.h"

namespace convscope::cli {
namespace {

using Json = nlohmann::json;
using Sides = std::vector<std::int64_t>;

class NumbersOut : public Workbench {
 protected:
  NpyArray npy(const std::string& name) const {
    const std::string bytes = read(path(name));
    return parse_npy(std::as_bytes(std::span(bytes)), name);
  }
};

TEST_F(NumbersOut, TheMapIsTheLectures) {
  const std::vector<float> map = {4, 3, 4, 2, 4, 3, 2, 3, 4};
  const Outcome outcome = convscope("run cross-5x5 --out map.npy");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(has(outcome.out, "map.npy")) << outcome.out;
  EXPECT_EQ(npy("map.npy").values, map);
  EXPECT_EQ(npy("map.npy").shape, (Sides{1, 1, 3, 3}));
  EXPECT_EQ(convscope("run cross-5x5 --out map.csv").status, 0);
  EXPECT_EQ(read(path("map.csv")), "4,3,4\n2,4,3\n2,3,4\n");
  EXPECT_EQ(convscope("run cross-5x5 --out map.json").status, 0);
  EXPECT_EQ(Json::parse(read(path("map.json"))).dump(), "[[[[4,3,4],[2,4,3],[2,3,4]]]]");
}

TEST_F(NumbersOut, OneTensorIsChosen) {
  EXPECT_EQ(convscope("run cross-5x5 --out w.csv --tensor weight").status, 0);
  EXPECT_EQ(read(path("w.csv")), "1,0,1\n0,1,0\n1,0,1\n");
  write("biased.json", tiny_lesson(R"({"values": [[1, 2], [3, 4]]})",
                                   R"({"op": "conv2d", "weight": {"values": [[1]]},
                                       "bias": {"values": [0.5]}})"));
  EXPECT_EQ(convscope("run biased.json --out b.csv --tensor bias").status, 0);
  EXPECT_EQ(read(path("b.csv")), "0.5\n");
  EXPECT_EQ(convscope("run cross-5x5 --out i.npy --tensor input").status, 0);
  EXPECT_EQ(npy("i.npy").shape, (Sides{1, 1, 5, 5}));
}

TEST_F(NumbersOut, AWholeSceneIsAFileOfNamedTensors) {
  EXPECT_EQ(convscope("run rgb-same --out scene.npz").status, 0);
  EXPECT_EQ(convscope("run rgb-same --out scene.safetensors").status, 0);
  const std::string npz = read(path("scene.npz"));
  const std::string safetensors = read(path("scene.safetensors"));
  const auto arrays = imports::npz_arrays(std::as_bytes(std::span(npz)), "scene.npz");
  std::vector<std::string> names;
  for (const imports::NamedArray& array : arrays) {
    names.push_back(array.name);
  }
  ASSERT_EQ(names.size(), 4u);
  EXPECT_EQ(imports::read_npz(std::as_bytes(std::span(npz)), names.back(), "scene.npz").values,
            imports::read_safetensors(std::as_bytes(std::span(safetensors)), names.back(), "scene")
                .values);
  EXPECT_TRUE(names[1].ends_with(".weight"));
  EXPECT_TRUE(names[2].ends_with(".bias"));
  EXPECT_TRUE(names[3].ends_with(".out"));
}

TEST_F(NumbersOut, WhatWasWrittenOpensAgain) {
  EXPECT_EQ(convscope("run cross-5x5 --out map.npy").status, 0);
  EXPECT_EQ(convscope("run map.npy").status, 0);
}

TEST_F(NumbersOut, AFolderMayHaveAnyName) {
  std::filesystem::create_directory(path("odd.npz"));
  EXPECT_EQ(convscope("run cross-5x5 --out odd.npz").status, 0);
  EXPECT_TRUE(std::filesystem::exists(path("odd.npz/output.npy")));
}

TEST_F(NumbersOut, AMistypedEndingMakesNoFolder) {
  for (const char* name : {"a.xyz", "a.txt", "a.csvv", "sub/a.mat"}) {
    const Outcome outcome = convscope(std::string("run cross-5x5 --out ") + name);
    EXPECT_EQ(outcome.status, 2) << name;
    EXPECT_TRUE(has(outcome.err, ".safetensors")) << outcome.err;
    EXPECT_FALSE(std::filesystem::exists(path(name))) << name;
  }
  EXPECT_EQ(convscope("run cross-5x5 --out run-1.2").status, 0);
  EXPECT_TRUE(std::filesystem::exists(path("run-1.2/output.npy")));
}

TEST_F(NumbersOut, ABiasThatIsNotThereIsNotWritten) {
  const Outcome outcome = convscope("run cross-5x5 --out b.npy --tensor bias --lang en");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(has(outcome.err, "no bias")) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(path("b.npy")));
}

TEST_F(NumbersOut, WhatCannotBeIsOneSentence) {
  const Outcome folder = convscope("run cross-5x5 --out arrays --tensor weight");
  EXPECT_EQ(folder.status, 2);
  EXPECT_TRUE(has(folder.err, "--tensor")) << folder.err;
  EXPECT_EQ(convscope("run cross-5x5 --out scene.npz --tensor weight").status, 2);
  EXPECT_EQ(convscope("run cross-5x5 --out w.npy --tensor weights").status, 2);
  const Outcome missing = convscope("run cross-5x5 --out gone/map.npy");
  EXPECT_EQ(missing.status, 1);
  EXPECT_TRUE(has(missing.err, "gone/map.npy")) << missing.err;
  write("pool.json", tiny_lesson(R"({"values": [[1, 2], [3, 4]]})",
                                 R"({"op": "max_pool2d", "kernel_size": 2})"));
  const Outcome pool = convscope("run pool.json --out w.npy --tensor weight");
  EXPECT_EQ(pool.status, 1);
  EXPECT_TRUE(has(pool.err, "weight")) << pool.err;
  EXPECT_FALSE(std::filesystem::exists(path("w.npy")));
}

}  // namespace
}  // namespace convscope::cli
