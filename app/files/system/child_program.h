// Another program that runs beside ours and prints something. The only place that starts one.
#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

namespace convscope::files {

// The path of a program of the user's; empty if there is none.
std::string found_in_path(std::string_view program);

// What it prints until it ends; empty unless it ends well. No shell is in between: a path is a
// path, whatever signs are in it. `process` is its number while it runs.
std::string output_of(const std::vector<std::string>& command, std::atomic<int>& process);

// Gives it these bytes to read, and nothing else; what it prints is dropped. Whether it took all
// of them and ended well. It may leave a process of its own behind, as clipboards need one.
bool takes_input(const std::vector<std::string>& command, std::string_view bytes);

// Asks it to end.
void close_process(int process);

}  // namespace convscope::files
