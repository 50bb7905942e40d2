// convscope_bench [--workloads FILE] [--only REGEX] [--threads 1,2] [--budget-ms 400]
//                 [--algorithm NAME] [--simd NAME]
// convscope_bench --choices|--costs [--workloads FILE] [--only REGEX] [--budget-ms 400]
//                 [--simd NAME]
//
// Measures the engine on each workload of a table and prints CSV in the format of the programs that
// measure other libraries, so that they can be run alternately. Missing options are taken from the
// environment: WORKLOADS, ONLY, BUDGET_MS. --choices: all rungs that apply to each workload, and
// how far the chosen one is from the fastest; --costs: the same for tools/fit_costs. --simd: an
// instruction set of this machine to use in place of the newest, as AVX2. Exit status 1: a result
// is wrong, or the table can't be read; 2: wrong usage.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <regex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/conv/parallel.h"
#include "core/tensor/number_text.h"
#include "hwy/targets.h"
#include "tests/bench/workload_bench/choices.h"
#include "tests/bench/workload_bench/layer_run.h"
#include "tests/bench/workload_bench/machine.h"
#include "tests/bench/workload_bench/measure.h"

namespace {

using namespace convscope;         // NOLINT: a program of its own
using namespace convscope::bench;  // NOLINT

// Rounding can't explain a larger error.
constexpr double kWrong = 1e-4;

class UsageError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Arguments {
  std::string workloads;
  std::string only;
  std::vector<int> threads;
  double budget_ms = 0;
  conv::Algorithm algorithm = conv::Algorithm::kAuto;
  bool choices = false;
  bool costs = false;
};

std::string from_environment(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

// A number of at least `least`.
double number_of(std::string_view word, std::string_view what, double least) {
  const auto number = entire_number(word);
  if (!number || number->too_large || !(number->value >= least)) {
    throw UsageError("\"" + std::string(word) + "\" is not " + std::string(what) + ".");
  }
  return number->value;
}

int count_of(std::string_view word) {
  const double value = number_of(word, "a number of threads", 1);
  if (value > static_cast<double>(conv::core_count())) {
    throw UsageError("Only " + std::to_string(conv::core_count()) +
                     " threads run at once on this machine.");
  }
  return static_cast<int>(value);
}

std::vector<int> threads_of(std::string_view list) {
  std::vector<int> threads;
  while (true) {
    const std::size_t comma = list.find(',');
    threads.push_back(count_of(list.substr(0, comma)));
    if (comma == std::string_view::npos) {
      return threads;
    }
    list.remove_prefix(comma + 1);
  }
}

conv::Algorithm algorithm_of(std::string_view name) {
  const auto algorithm = conv::algorithm_named(name);
  if (!algorithm) {
    throw UsageError("There is no algorithm \"" + std::string(name) + "\".");
  }
  return *algorithm;
}

// From now on the rungs use this instruction set.
void use_simd(std::string_view name) {
#ifdef __EMSCRIPTEN__
  throw UsageError("WebAssembly has one instruction set, no \"" + std::string(name) + "\".");
#else
  std::string known;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    if (name == hwy::TargetName(target)) {
      hwy::SetSupportedTargetsForTest(target);
      return;
    }
    known += known.empty() ? "" : ", ";
    known += hwy::TargetName(target);
  }
  throw UsageError("This machine has no \"" + std::string(name) + "\", but " + known + ".");
#endif
}

Arguments parse(int count, char** words) {
  Arguments arguments;
  arguments.workloads = from_environment("WORKLOADS", CONVSCOPE_WORKLOADS);
  arguments.only = from_environment("ONLY", ".*");
  std::string budget = from_environment("BUDGET_MS", "400");
  arguments.threads = conv::core_count() > 1 ? std::vector<int>{1, 2} : std::vector<int>{1};
  for (int i = 1; i < count; ++i) {
    const std::string_view option = words[i];
    if (option == "--choices") {
      arguments.choices = true;
      continue;
    }
    if (option == "--costs") {
      arguments.costs = true;
      continue;
    }
    if (i + 1 == count) {
      throw UsageError("\"" + std::string(option) + "\" is no option, or lacks its value.");
    }
    const char* value = words[++i];
    if (option == "--workloads") {
      arguments.workloads = value;
    } else if (option == "--only") {
      arguments.only = value;
    } else if (option == "--threads") {
      arguments.threads = threads_of(value);
    } else if (option == "--budget-ms") {
      budget = value;
    } else if (option == "--algorithm") {
      arguments.algorithm = algorithm_of(value);
    } else if (option == "--simd") {
      use_simd(value);
    } else {
      throw UsageError("There is no option \"" + std::string(option) + "\".");
    }
  }
  arguments.budget_ms = number_of(budget, "a time in milliseconds", 0.0);
  return arguments;
}

std::regex pattern_of(const std::string& text) {
  try {
    return std::regex(text);
  } catch (const std::regex_error&) {
    throw UsageError("\"" + text + "\" is not a regular expression.");
  }
}

void report(const Workload& workload, LayerRun& layer, int threads, const Arguments& arguments) {
  const conv::RunOptions options = {.algorithm = arguments.algorithm, .threads = threads};
  const auto run = [&] { layer.compute(options); };
  run();
  if (const double error = layer.worst_error(); !(error <= kWrong)) {
    throw std::runtime_error(workload.name + " on " + std::to_string(threads) +
                             " thread(s) is wrong: by " + std::to_string(error) +
                             " of the sum of its products' sizes.");
  }
  const Timing timing = measure(run, threads, arguments.budget_ms);
  const std::string rung(layer.rung(arguments.algorithm));
  std::printf("%s,convscope,%d,%.1f,%.1f,%.1f,%zu/%zu,%s\n", workload.name.c_str(), threads,
              timing.median_ns, timing.min_ns, timing.p90_ns, timing.clean, timing.samples,
              rung.c_str());
  std::fflush(stdout);
}

int measure_all(const Arguments& arguments) {
  const std::regex only = pattern_of(arguments.only);
  std::vector<Workload> workloads = read_workloads(arguments.workloads);
  std::erase_if(workloads,
                [&](const Workload& workload) { return !std::regex_search(workload.name, only); });
  if (arguments.choices) {
    print_choices(workloads, arguments.budget_ms);
    return EXIT_SUCCESS;
  }
  if (arguments.costs) {
    print_costs(workloads, arguments.budget_ms);
    return EXIT_SUCCESS;
  }
  std::puts("workload,peer,threads,median_ns,min_ns,p90_ns,clean/samples,impl");
  for (const Workload& workload : workloads) {
    LayerRun layer(workload);
    for (const int threads : arguments.threads) {
      report(workload, layer, threads, arguments);
    }
  }
  return EXIT_SUCCESS;
}

}  // namespace

int main(int count, char** words) {
  try {
    return measure_all(parse(count, words));
  } catch (const UsageError& error) {
    std::cerr << "convscope_bench: " << error.what() << '\n';
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "convscope_bench: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
