// Programs in other languages, run and compared number by number with the engine. A test skips
// where what runs its programs is not there.
#include <gtest/gtest.h>

#include <functional>

#include "tests/core/code/programs.h"

namespace convscope::code {
namespace {

// Debian's packages belong to the system's own Python.
const char* const kPythons[] = {"/usr/bin/python3", "python3"};

std::string python_with(const Folder& folder, const std::string& module) {
  for (const char* python : kPythons) {
    if (folder.run(std::string(python) + " -c 'import " + module + "'")) {
      return python;
    }
  }
  return "";
}

// Runs every program of the folder in one process: starting NumPy takes longer than most of them.
constexpr const char* kRunAll = R"(
import contextlib, glob, traceback
for name in sorted(glob.glob("*.py")):
    if name != "run_all.py":
        with open(name + ".out", "w") as out, contextlib.redirect_stdout(out):
            try:
                exec(compile(open(name).read(), name, "exec"), {})
            except Exception:
                print(traceback.format_exc())
)";

void compare(const Case& each, const std::string& text, double tolerance) {
  const Printed wanted = expected(each.plan);
  const Printed printed = read_printed(text);
  EXPECT_EQ(printed.shapes, wanted.shapes) << each.name;
  EXPECT_LT(distance(printed.numbers, wanted.numbers), tolerance) << each.name;
}

std::int64_t products(const Plan& plan) {
  std::int64_t count = 0;
  for (const PlannedLayer& layer : plan.layers) {
    count += conv::work_count(layer.spec, layer.input);
  }
  return count;
}

void run_python(const std::string& word, const std::string& module, const std::vector<Case>& cases,
                std::int64_t most_products) {
  const Folder folder(word);
  const std::string python = python_with(folder, module);
  if (python.empty()) {
    GTEST_SKIP() << "needs python3 with " << module;
  }
  folder.write("run_all.py", kRunAll);
  std::size_t count = 0;
  for (const Case& each : cases) {
    if (products(each.plan) <= most_products) {
      folder.write(each.name + ".py", find_code_target(word)->write(each.plan));
      ++count;
    }
  }
  ASSERT_GT(count, 30u);
  ASSERT_TRUE(folder.run(python + " run_all.py")) << folder.read("said");
  for (const Case& each : cases) {
    if (products(each.plan) <= most_products) {
      compare(each, folder.read(each.name + ".py.out"), 2e-6);
    }
  }
}

TEST(RunPrograms, NumpyGivesTheMapOfEveryBundledScene) {
  run_python("numpy", "numpy", bundled_cases(), 1'000'000'000);
}

TEST(RunPrograms, NumpyGivesTheMapOfAnySetting) {
  run_python("numpy", "numpy", drawn_cases(150), 1'000'000'000);
}

TEST(RunPrograms, NumpyGivesTheMapWhateverTheNames) {
  run_python("numpy", "numpy", oddly_named_cases(141), 1'000'000'000);
}

TEST(RunPrograms, LoopsGiveTheMapWhateverTheNames) {
  run_python("numpy-loops", "numpy", oddly_named_cases(141), 20'000);
}

TEST(RunPrograms, LoopsGiveTheMapOfEveryBundledScene) {
  run_python("numpy-loops", "numpy", bundled_cases(), 200'000);
}

TEST(RunPrograms, LoopsGiveTheMapOfAnySetting) {
  run_python("numpy-loops", "numpy", drawn_cases(150), 20'000);
}

TEST(RunPrograms, PytorchGivesTheMapOfEveryBundledScene) {
  run_python("pytorch", "torch", bundled_cases(), 1'000'000'000);
}

TEST(RunPrograms, PytorchGivesTheMapOfAnySetting) {
  std::vector<Case> cases = drawn_cases(150);
  // nn.CircularPad came with PyTorch 2.1.
  std::erase_if(cases, [](const Case& each) {
    return find_code_target("pytorch")->write(each.plan).find("CircularPad") != std::string::npos;
  });
  run_python("pytorch", "torch", cases, 1'000'000'000);
}

TEST(RunPrograms, JaxGivesTheMapOfEveryBundledScene) {
  run_python("jax", "jax", bundled_cases(), 1'000'000'000);
}

TEST(RunPrograms, JaxGivesTheMapOfAnySetting) {
  run_python("jax", "jax", drawn_cases(150), 1'000'000'000);
}

TEST(RunPrograms, TensorflowGivesTheMapOfEveryBundledScene) {
  run_python("tensorflow", "tensorflow", bundled_cases(), 1'000'000'000);
}

TEST(RunPrograms, TensorflowGivesTheMapOfAnySetting) {
  run_python("tensorflow", "tensorflow", drawn_cases(150), 1'000'000'000);
}

void run_cpp(const std::vector<Case>& cases) {
  const Folder folder("cpp");
  if (!folder.run("c++ --version")) {
    GTEST_SKIP() << "needs c++";
  }
  // One compiler for all of them: every program in a namespace of its own.
  std::string all;
  std::string calls;
  for (const Case& each : cases) {
    std::string program = find_code_target("cpp")->write(each.plan);
    for (std::size_t at = 0; (at = program.find("#include <", at)) != std::string::npos;) {
      const std::size_t end = program.find('\n', at) + 1;
      all.insert(0, program.substr(at, end - at));
      program.erase(at, end - at);
    }
    program.replace(program.find("int main()"), 10, "int run()");
    program.insert(program.rfind('}'), "  return 0;\n");
    all += "namespace " + each.name + " {\n" + program + "}\n";
    calls += "  std::puts(\"= " + each.name + "\");\n  " + each.name + "::run();\n";
  }
  folder.write("all.cpp", all + "int main() {\n" + calls + "}\n");
  ASSERT_TRUE(folder.run("c++ -std=c++17 -Wall -Wextra -o all all.cpp")) << folder.read("said");
  EXPECT_EQ(folder.read("said"), "");  // no warnings
  ASSERT_TRUE(folder.run("./all"));
  const std::string said = folder.read("said");
  for (const Case& each : cases) {
    const std::string head = "= " + each.name + "\n";
    const std::size_t begin = said.find(head) + head.size();
    compare(each, said.substr(begin, said.find("= ", begin) - begin), 2e-6);
  }
}

TEST(RunPrograms, CppGivesTheMapOfAnySetting) { run_cpp(drawn_cases(60)); }

TEST(RunPrograms, CppGivesTheMapWhateverTheNames) { run_cpp(oddly_named_cases(47)); }

TEST(RunPrograms, ACppProgramIsAWholeOne) {
  const Folder folder("cpp-whole");
  if (!folder.run("c++ --version")) {
    GTEST_SKIP() << "needs c++";
  }
  lesson::Lesson lesson = testing::bundled("cross-5x5");
  for (const char* name : {"img", "y1"}) {  // the C library has a y1, too
    lesson.scenes[0].change([&](lesson::Scene& scene) { scene.input_name = name; });
    const Case each = {"cross", english(lesson, 0)};
    folder.write("cross.cpp", find_code_target("cpp")->write(each.plan));
    ASSERT_TRUE(folder.run("c++ -std=c++17 -o cross cross.cpp")) << folder.read("said");
    ASSERT_TRUE(folder.run("./cross"));
    compare(each, folder.read("said"), 1e-9);
  }
}

// Loads every model and runs it without feeds; prints as the programs do.
constexpr const char* kRunModels = R"(
const ort = require(process.argv[2] + '/onnxruntime-web');
const fs = require('fs');
ort.env.logLevel = 'error';
(async () => {
  for (const name of fs.readdirSync('.').filter((name) => name.endsWith('.onnx'))) {
    let text = '';
    try {
      const session = await ort.InferenceSession.create(fs.readFileSync(name));
      const out = (await session.run({})).out;
      text = '(' + out.dims.join(', ') + ')\nout[0]\n' + Array.from(out.data).join(' ') + '\n';
    } catch (error) {
      text = String(error) + '\n';
    }
    fs.writeFileSync(name + '.out', text);
  }
})();
)";

void run_models(const std::vector<Case>& cases) {
  const char* modules = std::getenv("CONVSCOPE_NODE_MODULES");
  const Folder folder("onnx");
  if (modules == nullptr || !folder.run("node --version")) {
    GTEST_SKIP() << "needs node, and CONVSCOPE_NODE_MODULES with onnxruntime-web in it";
  }
  folder.write("run.cjs", kRunModels);
  for (const Case& each : cases) {
    folder.write(each.name + ".onnx", find_code_target("onnx")->write(each.plan));
  }
  ASSERT_TRUE(folder.run("node run.cjs '" + std::string(modules) + "'")) << folder.read("said");
  for (const Case& each : cases) {
    Printed wanted = expected(each.plan);
    const Printed printed = read_printed(folder.read(each.name + ".onnx.out"));
    ASSERT_FALSE(printed.shapes.empty()) << each.name << folder.read("said");
    const std::string& shape = wanted.shapes.back();
    EXPECT_EQ(printed.shapes.front(), shape.substr(shape.find('('))) << each.name;
    EXPECT_LT(distance(printed.numbers, wanted.numbers), 2e-6) << each.name;
  }
}

TEST(RunPrograms, AModelGivesTheMapOfEveryBundledSceneWithoutFeeds) { run_models(bundled_cases()); }

TEST(RunPrograms, AModelGivesTheMapOfAnySetting) { run_models(drawn_cases(150)); }

}  // namespace
}  // namespace convscope::code
