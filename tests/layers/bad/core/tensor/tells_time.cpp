#include <chrono>
#include <memory>
