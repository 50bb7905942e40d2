// One function per command, each in its own file. They throw Failure.
#pragma once

#include <iosfwd>

#include "app/cli/command_line.h"

namespace convscope::cli {

// Lists the bundled lessons in teaching order.
void list_lessons(const command::Lessons& what, const Look& look, std::ostream& out);

// Prints the numbers of a lesson, or writes them as arrays.
void run_lesson(const command::Run& what, const Look& look, std::ostream& out);

// Draws the stage into a file, or many lessons into a folder, whose summary goes to `out`. Needs
// headless GL, except for vector formats. Returns the exit status.
int render_stage(const command::Render& what, const Look& look, std::ostream& out);

// Draws the whole window into a file. Needs headless GL.
void take_screenshot(const command::Screenshot& what, const Look& look);

// Applies a file of actions. Needs headless GL only to write a picture. Without an output file
// the session is printed to `out`. Refused actions change nothing, and `err` says why, a line each.
void replay_actions(const command::Replay& what, const Look& look, std::ostream& out,
                    std::ostream& err);

// Prints questions, the same ones for the same seed.
void print_quiz(const command::Quiz& what, const Look& look, std::ostream& out);

// Prints what a sighted person sees on the stage.
void describe_stage(const command::Describe& what, const Look& look, std::ostream& out);

// Prints what is wrong with a lesson's texts, questions and exercises, a line each, or that nothing
// is.
// Returns the exit status.
int check_lesson(const command::Check& what, const Look& look, std::ostream& out);

// Prints a summary of a class from a folder of answer logs.
void sum_up_answers(const command::Answers& what, const Look& look, std::ostream& out);

// Prints a scene as a program, or writes it to a file.
void print_code(const command::Code& what, const Look& look, std::ostream& out);

// Prints a lesson as an HTML page for paper, or writes it to a file.
void print_handout(const command::Handout& what, const Look& look, std::ostream& out);

// Opens the window; returns its exit status.
int show_window(const command::Window& what, const Look& look);

}  // namespace convscope::cli
