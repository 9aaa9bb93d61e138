// The rival of the Verilator engine: what an engineer writes by hand for the same design. Beats are made
// before the clock starts; both sides never stall; received beats are kept.
#include "Vdut.h"
#include "verilated.h"
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

int main(int, char** argv) {
    const uint64_t frames = std::strtoull(argv[1], nullptr, 10);
    const uint64_t beats_per_frame = 8;
    const uint64_t beats = frames * beats_per_frame;
    std::vector<uint64_t> in(beats);
    uint64_t x = 88172645463325252ULL;
    for (auto& w : in) { x ^= x << 13; x ^= x >> 7; x ^= x << 17; w = x; }
    VerilatedContext context;
    Vdut top{&context};
    std::vector<uint32_t> out;
    std::vector<uint64_t> stamps;
    const auto start = std::chrono::steady_clock::now();
    top.rst = 1; top.s_axis_tvalid = 0; top.m_axis_tready = 1;
    for (int i = 0; i < 3; ++i) { top.clk = 0; top.eval(); top.clk = 1; top.eval(); }
    top.rst = 0;
    uint64_t next = 0, cycle = 0;
    const uint64_t expected = frames * 8;
    while (stamps.size() < expected) {
        top.clk = 0;
        top.s_axis_tvalid = next < beats;
        top.s_axis_tdata = next < beats ? in[next] : 0;
        top.s_axis_tlast = next % beats_per_frame == beats_per_frame - 1;
        top.eval();
        if (top.s_axis_tvalid && top.s_axis_tready) ++next;
        if (top.m_axis_tvalid) {
            const uint32_t* w = top.m_axis_tdata.m_storage;
            out.insert(out.end(), w, w + sizeof(top.m_axis_tdata.m_storage) / 4);
            stamps.push_back(cycle);
        }
        top.clk = 1;
        top.eval();
        ++cycle;
    }
    const double s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("%.0f\n", cycle / s);
}
