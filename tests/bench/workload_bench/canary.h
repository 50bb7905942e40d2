// On a virtual machine several cores can for seconds be worth one, with no trace in the guest. The
// canary tells: the same arithmetic on each of them at once must take no longer than on one.
#pragma once

namespace convscope::bench {

// Pins the calling thread to core 0.
class Canary {
 public:
  explicit Canary(int threads);  // notes how long one core takes alone

  // Whether so many cores are there now; always true of one thread.
  bool sings() const;

 private:
  int threads_ = 1;
  double alone_ns_ = 0;
};

}  // namespace convscope::bench
