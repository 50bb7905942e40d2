// Another program that runs beside ours, prints something or reads what we write. The only place
// that starts one.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace convscope::files {

// The path of a program of the user's; empty if there is none.
std::string found_in_path(std::string_view program);

// What it prints until it ends; empty unless it ends well. No shell is in between: a path is a
// path, whatever signs are in it. `process` is its number while it runs.
std::string output_of(const std::vector<std::string>& command, std::atomic<int>& process);

// A program that reads what we write. What it prints is dropped.
class FedProgram {
 public:
  // The first word is its path. No shell is in between.
  explicit FedProgram(const std::vector<std::string>& command);
  // Ends it, if it still runs.
  ~FedProgram();
  FedProgram(const FedProgram&) = delete;
  FedProgram& operator=(const FedProgram&) = delete;

  // False if it takes no more.
  bool write(std::span<const std::byte> bytes);
  // Waits for its end; whether it ended well.
  bool finish();
  // After finish(): the last line that it wrote on standard error; empty if there is none.
  std::string complaint() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};
// Gives it these bytes to read, and nothing else; what it prints is dropped. Whether it took all
// of them and ended well. It may leave a process of its own behind, as clipboards need one.
bool takes_input(const std::vector<std::string>& command, std::string_view bytes);

// Asks it to end.
void close_process(int process);

}  // namespace convscope::files
