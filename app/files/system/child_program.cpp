#include "app/files/system/child_program.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

#if defined(__unix__)
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace convscope::files {

#if defined(__unix__)

std::string found_in_path(std::string_view program) {
  const char* folders = std::getenv("PATH");
  std::string_view rest = folders != nullptr ? folders : "";
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const std::filesystem::path file = std::filesystem::path(rest.substr(0, end)) / program;
    if (file.is_absolute() && access(file.c_str(), X_OK) == 0) {
      return file.string();
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return "";
}

namespace {

std::vector<char*> words_of(const std::vector<std::string>& command) {
  std::vector<char*> words;
  for (const std::string& word : command) {
    words.push_back(const_cast<char*>(word.c_str()));
  }
  words.push_back(nullptr);
  return words;
}

// Waits; whether it ended well.
bool ended_well(pid_t child) {
  int status = 1;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status == 0;
}

}  // namespace

std::string output_of(const std::vector<std::string>& command, std::atomic<int>& process) {
  const std::vector<char*> words = words_of(command);
  int ends[2];
  if (pipe(ends) != 0) {
    return "";
  }
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    execv(words.front(), words.data());
    _exit(127);
  }
  close(ends[1]);
  process = child;
  std::string text;
  char chunk[4096];
  for (ssize_t count = 1; child > 0 && count != 0;) {
    count = read(ends[0], chunk, sizeof chunk);
    if (count > 0) {
      text.append(chunk, static_cast<std::size_t>(count));
    } else if (count < 0 && errno != EINTR) {
      break;
    }
  }
  close(ends[0]);
  const bool well = child > 0 && ended_well(child);
  process = 0;
  return well ? text : "";
}

// A socket, not a pipe: writing to a pipe that nobody reads would raise a signal.
struct FedProgram::State {
  pid_t child = -1;
  int to = -1;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> errors{std::tmpfile(), std::fclose};

  void close_input() {
    if (to >= 0) {
      close(to);
      to = -1;
    }
  }
};

FedProgram::FedProgram(const std::vector<std::string>& command)
    : state_(std::make_unique<State>()) {
  const std::vector<char*> words = words_of(command);
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
    return;
  }
  const int errors = state_->errors ? fileno(state_->errors.get()) : -1;
  state_->child = fork();
  if (state_->child == 0) {
    // A Ctrl+C is for us: we end it when there is nothing more to feed.
    setpgid(0, 0);
    dup2(ends[1], STDIN_FILENO);
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
    dup2(errors, STDERR_FILENO);
    execv(words.front(), words.data());
    _exit(127);
  }
  close(ends[1]);
  state_->to = ends[0];
}

FedProgram::~FedProgram() {
  state_->close_input();
  if (state_->child > 0) {
    kill(state_->child, SIGKILL);
    ended_well(state_->child);
  }
}

bool FedProgram::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(state_->to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EINTR) {
      return false;
    }
    bytes = bytes.subspan(static_cast<std::size_t>(std::max<ssize_t>(sent, 0)));
  }
  return true;
}

bool FedProgram::finish() {
  state_->close_input();
  const pid_t child = std::exchange(state_->child, -1);
  return child > 0 && ended_well(child);
}

std::string FedProgram::complaint() const {
  std::FILE* errors = state_->errors.get();
  std::string text;
  if (errors != nullptr) {
    std::rewind(errors);
    char chunk[4096];
    while (const std::size_t count = std::fread(chunk, 1, sizeof chunk, errors)) {
      text.append(chunk, count);
    }
  }
  text.erase(text.find_last_not_of("\r\n ") + 1);
  const std::size_t line = text.find_last_of("\r\n");
  return line == std::string::npos ? text : text.substr(line + 1);
}

void close_process(int process) {
  if (process > 0) {
    kill(process, SIGTERM);
  }
}

#else

std::string found_in_path(std::string_view) { return ""; }
std::string output_of(const std::vector<std::string>&, std::atomic<int>&) { return ""; }
struct FedProgram::State {};
FedProgram::FedProgram(const std::vector<std::string>&) {}
FedProgram::~FedProgram() = default;
bool FedProgram::write(std::span<const std::byte>) { return false; }
bool FedProgram::finish() { return false; }
std::string FedProgram::complaint() const { return ""; }
void close_process(int) {}

#endif

bool takes_input(const std::vector<std::string>& command, std::string_view bytes) {
  FedProgram program(command);
  return program.write(std::as_bytes(std::span(bytes))) && program.finish();
}

}  // namespace convscope::files
