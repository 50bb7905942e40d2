#include "app/cli/render/batch.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <filesystem>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "app/cli/program.h"
#include "app/cli/render/rendering.h"
#include "app/cli/texts.h"
#include "app/files/bundled.h"
#include "app/files/system/file_io.h"
#include "core/lesson/locale.h"
#include "core/tensor/problem_of.h"

namespace convscope::cli {
namespace {

// The name of a lesson's files: a bundled id, a file's own name, "layers" for layers as code.
std::string stem_of(const std::string& lesson) {
  return files::may_be_layers(lesson) ? "layers"
                                      : files::utf8_of(std::filesystem::path(lesson).stem());
}

// The lessons that have one name are numbered.
std::vector<std::string> stems_of(const std::vector<std::string>& lessons) {
  std::vector<std::string> stems;
  std::set<std::string> taken;
  for (const std::string& lesson : lessons) {
    const std::string first = stem_of(lesson);
    std::string stem = first;
    for (int number = 2; !taken.insert(stem).second; ++number) {
      stem = first + "-" + std::to_string(number);
    }
    stems.push_back(stem);
  }
  return stems;
}

std::vector<command::Render> jobs_of(const command::Render& what) {
  const std::vector<std::string> stems = stems_of(what.lessons);
  std::vector<command::Render> jobs;
  for (std::size_t i = 0; i < stems.size(); ++i) {
    for (const files::ExportFormat* format : what.formats) {
      command::Render job = what;
      job.lesson = what.lessons[i];
      job.out = *what.out_dir / (stems[i] + std::string(format->extension));
      job.format = format;
      job.animated = is_animated(job);
      jobs.push_back(std::move(job));
    }
  }
  return jobs;
}

void make_output_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (!std::filesystem::is_directory(folder, error)) {
    throw Failure(
        {"file_unwritable", "", {{"file", files::utf8_of(folder)}, {"reason", error.message()}}});
  }
}

}  // namespace

int render_batch(const command::Render& what, const Look& look, Interruption& interruption,
                 std::ostream& out) {
  make_output_folder(*what.out_dir);
  const std::vector<command::Render> jobs = jobs_of(what);
  std::vector<std::optional<Problem>> problems(jobs.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < jobs.size(); i = next++) {
      try {
        interruption.check();
        render_file(jobs[i], look, interruption);
      } catch (...) {
        problems[i] = problem_of(std::current_exception());
      }
    }
  };
  {
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> workers;
    for (std::size_t i = 1; i < std::min(cores, jobs.size()); ++i) {
      workers.emplace_back(work);
    }
    work();
  }
  interruption.check();
  const lesson::Locale locale = locale_of(look);
  std::optional<Problem> gravest;
  std::int64_t failed = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (problems[i]) {
      ++failed;
      if (!gravest || exit_status_of(*gravest) < exit_status_of(*problems[i])) {
        gravest = problems[i];
      }
      out << files::utf8_of(jobs[i].out) << ": " << locale.sentence(*problems[i]) << "\n";
    }
  }
  const auto written = static_cast<std::int64_t>(jobs.size()) - failed;
  out << locale.text("cli.batch", {{"written", written}, {"failed", failed}}) << "\n";
  // As for one file: a line on standard error, and its status.
  if (gravest) {
    throw Failure(*std::move(gravest));
  }
  return 0;
}

}  // namespace convscope::cli
