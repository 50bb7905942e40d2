// golden_check DIR [--write OUTDIR] [--algorithm NAME]: computes the golden cases in DIR and
// compares. --algorithm forces a rung of the engine where it applies.
// Exit status 0: all known cases pass; 1: some fail, or the set can't be read; 2: wrong usage.
#include <cmath>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <limits>
#include <optional>
#include <string_view>

#include "tests/golden_check/manifest.h"
#include "tests/golden_check/ops.h"

namespace {

using namespace convscope::golden;  // NOLINT: a program of its own
using convscope::NpyArray;

struct Arguments {
  std::filesystem::path folder;
  std::optional<std::filesystem::path> write;
  convscope::conv::RunOptions run;
};

std::optional<Arguments> parse(int count, char** words) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = words[i];
    if (word == "--write" && i + 1 < count && !arguments.write) {
      arguments.write = words[++i];
    } else if (word == "--algorithm" && i + 1 < count) {
      const auto algorithm = convscope::conv::algorithm_named(words[++i]);
      if (!algorithm) {
        return std::nullopt;
      }
      arguments.run.algorithm = *algorithm;
    } else if (!word.empty() && !word.starts_with("--") && arguments.folder.empty()) {
      arguments.folder = word;
    } else {
      return std::nullopt;
    }
  }
  return arguments.folder.empty() ? std::nullopt : std::optional(arguments);
}

struct Worst {
  std::size_t element = 0;
  double excess = -1;  // how much the tolerance is exceeded; infinite for a NaN
  std::size_t wrong = 0;
};

Worst compare(const NpyArray& got, const Case& golden) {
  Worst worst;
  for (std::size_t i = 0; i < got.values.size(); ++i) {
    const double expected = golden.expected.values[i];
    const double difference = std::abs(got.values[i] - expected);
    const double excess = difference - (golden.atol + golden.rtol * std::abs(expected));
    if (!(excess <= 0)) {  // written like this, a NaN fails too
      ++worst.wrong;
      const double size = std::isnan(excess) ? std::numeric_limits<double>::infinity() : excess;
      if (size > worst.excess) {
        worst = {i, size, worst.wrong};
      }
    }
  }
  return worst;
}

void print_shape(const char* name, const std::vector<std::int64_t>& shape) {
  std::cout << "  " << name << " (";
  for (std::size_t d = 0; d < shape.size(); ++d) {
    std::cout << (d == 0 ? "" : ", ") << shape[d];
  }
  std::cout << ")\n";
}

void print_failure(const Case& golden, const std::string& how, const std::string& what) {
  std::cout << "FAILED " << golden.name << " (" << how << "): " << what << '\n'
            << "  op " << golden.op << ", params " << golden.params.dump() << '\n';
  for (const auto& [name, array] : golden.inputs) {
    print_shape(name.c_str(), array.shape);
  }
  print_shape("expected", golden.expected.shape);
  std::cout << "  atol " << golden.atol << ", rtol " << golden.rtol << '\n';
}

bool check(const Case& golden, const Answer& answer) {
  if (answer.array.shape != golden.expected.shape) {
    print_failure(golden, answer.how, "the result has another shape.");
    print_shape("got", answer.array.shape);
    return false;
  }
  const Worst worst = compare(answer.array, golden);
  if (worst.wrong == 0) {
    return true;
  }
  print_failure(golden, answer.how,
                std::to_string(worst.wrong) + " of " + std::to_string(answer.array.values.size()) +
                    " elements are wrong.");
  std::cout << "  worst at element " << worst.element << ": got "
            << answer.array.values[worst.element] << ", expected "
            << golden.expected.values[worst.element] << '\n';
  return false;
}

bool passes(const Case& golden, const Compute& op,
            const std::optional<std::filesystem::path>& write) {
  std::vector<Answer> answers;
  try {
    answers = op(golden);
  } catch (const std::exception& error) {
    print_failure(golden, "not computed", error.what());
    return false;
  }
  if (write) {
    write_array(*write / (golden.name + ".out.npy"), answers.at(0).array);
  }
  bool good = true;
  for (const Answer& answer : answers) {
    good = check(golden, answer) && good;
  }
  return good;
}

int run(const Arguments& arguments) {
  std::vector<Case> cases = read_cases(arguments.folder);
  if (arguments.write) {
    std::filesystem::create_directories(*arguments.write);
  }
  int passed = 0;
  int failed = 0;
  int skipped = 0;
  std::cout.precision(9);
  for (Case& golden : cases) {
    golden.run = arguments.run;
    const Compute op = find_op(golden.op);
    if (!op) {
      ++skipped;
    } else {
      ++(passes(golden, op, arguments.write) ? passed : failed);
    }
  }
  std::cout << passed << " passed, " << failed << " failed, " << skipped << " skipped\n";
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace

int main(int count, char** words) {
  const std::optional<Arguments> arguments = parse(count, words);
  if (!arguments) {
    std::cerr << "usage: golden_check DIR [--write OUTDIR] [--algorithm NAME]\n";
    return 2;
  }
  try {
    return run(*arguments);
  } catch (const std::exception& error) {
    std::cerr << "golden_check: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
