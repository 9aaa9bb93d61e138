// Batch shim: the cycle loop of docs/stream.md around one Verilator model.
#include "nl_pch.h"
<%- if trace %>
#include "verilated_vcd_c.h"
<%- endif %>
<%- for file in model_files %>
#include "<<= file =>>"
<%- endfor %>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

namespace {
struct Source { const uint64_t* words; uint64_t beats; const uint64_t* stall; uint64_t stall_bits; };
struct Sink { const uint64_t* stall; uint64_t stall_bits; uint64_t after_valid; uint64_t expect; };
struct Reset { uint64_t start; uint64_t length; const uint64_t* resume; };
struct Batch {
    const Source* sources; const Sink* sinks; const Reset* resets;
    uint64_t n_resets; uint64_t drain; uint64_t watchdog; uint64_t max_cycles; uint64_t select;
};
struct Breach { uint64_t cycle; uint64_t sink; uint64_t rule; };
struct Result { uint64_t status; uint64_t cycles; uint64_t n_breaches; const Breach* breaches; };

const uint64_t JUNK = 0xa5a5a5a5a5a5a5a5ULL;

inline bool stalled(const uint64_t* bits, uint64_t n, uint64_t& at) {
    const bool b = (bits[at >> 6] >> (at & 63)) & 1;
    if (++at == n) at = 0;
    return b;
}
template <class W> inline void set_wide(W& port, const uint64_t* w, uint32_t width) {
    const uint32_t n = (width + 31) / 32;
    std::memcpy(port.m_storage, w, n * 4);
    if (width % 32) port.m_storage[n - 1] &= (1U << (width % 32)) - 1;
}
template <class W> inline void get_wide(uint64_t* w, const W& port, uint32_t width) {
    std::memcpy(w, port.m_storage, ((width + 31) / 32) * 4);
}

struct Model {
    VerilatedContext context;
    <<= prefix =>>* top = nullptr;
<%- if trace %>
    VerilatedVcdC vcd;
<%- endif %>
    std::vector<uint64_t> accepted[<<= n_sources =>> + 1];
    std::vector<uint64_t> words[<<= n_sinks =>> + 1], cycles[<<= n_sinks =>> + 1];
    std::vector<Breach> breaches;
    std::string error;
    ~Model() { delete top; }
};

void breach(Model& m, uint64_t cycle, uint64_t sink, uint64_t rule) {
    if (m.breaches.size() < <<= max_breaches =>>) m.breaches.push_back({cycle, sink, rule});
}

uint64_t run(Model& m, const Batch& b, uint64_t& cycle) {
    <<= prefix =>>& top = *m.top;
<%- if let Some(pin) = selector %>
    top.<<= pin =>> = b.select;
<%- endif %>
    uint64_t reset_index = 0, idle = 0, moved = 0, in_reset = 0;
<%- for s in sources %>
    uint64_t s<<= s.index =>>_next = 0, s<<= s.index =>>_at = 0, s<<= s.index =>>_offer = 0;
    uint64_t s<<= s.index =>>_junk[<<= s.words =>>];
    for (auto& w : s<<= s.index =>>_junk) w = JUNK;
    const Source& s<<= s.index =>> = b.sources[<<= s.index =>>];
<%- endfor %>
<%- for k in sinks %>
    uint64_t k<<= k.index =>>_at = 0, k<<= k.index =>>_waiting = 0;
    uint64_t k<<= k.index =>>_beat[<<= k.words =>>] = {0}, k<<= k.index =>>_held[<<= k.words =>>] = {0};
    const Sink& k<<= k.index =>> = b.sinks[<<= k.index =>>];
<%- endfor %>
    for (cycle = 0;;) {
        if (reset_index < b.n_resets && cycle >= b.resets[reset_index].start + b.resets[reset_index].length) ++reset_index;
        in_reset = reset_index < b.n_resets && cycle >= b.resets[reset_index].start;
        if (in_reset && cycle == b.resets[reset_index].start) {
<%- for s in sources %>
            s<<= s.index =>>_next = b.resets[reset_index].resume[<<= s.index =>>];
            s<<= s.index =>>_offer = 0;
<%- endfor %>
<%- for k in sinks %>
            k<<= k.index =>>_waiting = 0;
<%- endfor %>
        }
<%- if clk %>
        top.clk = 0;
<%- endif %>
<%- if rst %>
        top.rst = in_reset;
<%- endif %>
<%- for s in sources %>
        {
            const bool stall = stalled(s<<= s.index =>>.stall, s<<= s.index =>>.stall_bits, s<<= s.index =>>_at);
            s<<= s.index =>>_offer = !in_reset && (s<<= s.index =>>_offer || (s<<= s.index =>>_next < s<<= s.index =>>.beats && !stall));
            const uint64_t* w = s<<= s.index =>>_offer ? s<<= s.index =>>.words + s<<= s.index =>>_next * <<= s.words =>> : s<<= s.index =>>_junk;
            <<= s.set_data =>>
            <<= s.set_last =>>
            top.<<= s.name =>>_tvalid = s<<= s.index =>>_offer;
        }
<%- endfor %>
<%- for k in sinks %>
        const bool k<<= k.index =>>_stall = stalled(k<<= k.index =>>.stall, k<<= k.index =>>.stall_bits, k<<= k.index =>>_at);
        const bool k<<= k.index =>>_ready = !in_reset && !k<<= k.index =>>_stall && (!k<<= k.index =>>.after_valid || k<<= k.index =>>_waiting);
        top.<<= k.name =>>_tready = k<<= k.index =>>_ready;
<%- endfor %>
        top.eval();
<%- if trace %>
        m.vcd.dump(cycle * 10);
<%- endif %>
        moved = in_reset;
<%- for s in sources %>
        if (s<<= s.index =>>_offer && top.<<= s.name =>>_tready) {
            m.accepted[<<= s.index =>>].push_back(cycle);
            ++s<<= s.index =>>_next; s<<= s.index =>>_offer = 0; moved = 1;
        }
<%- endfor %>
<%- for k in sinks %>
        {
            const bool valid = top.<<= k.name =>>_tvalid && !in_reset;
            if (valid) {
                uint64_t* w = k<<= k.index =>>_beat;
                <<= k.get_data =>>
                <<= k.get_last =>>
            }
            if (k<<= k.index =>>_waiting) {
                if (!valid) breach(m, cycle, <<= k.index =>>, 0);
                else if (std::memcmp(k<<= k.index =>>_beat, k<<= k.index =>>_held, sizeof k<<= k.index =>>_held)) breach(m, cycle, <<= k.index =>>, 1);
            }
            if (valid && k<<= k.index =>>_ready) {
                m.words[<<= k.index =>>].insert(m.words[<<= k.index =>>].end(), k<<= k.index =>>_beat, k<<= k.index =>>_beat + <<= k.words =>>);
                m.cycles[<<= k.index =>>].push_back(cycle);
                moved = 1;
            }
            k<<= k.index =>>_waiting = valid && !k<<= k.index =>>_ready;
            if (k<<= k.index =>>_waiting) std::memcpy(k<<= k.index =>>_held, k<<= k.index =>>_beat, sizeof k<<= k.index =>>_held);
        }
<%- endfor %>
<%- if clk %>
        top.clk = 1;
        top.eval();
<%- if trace %>
        m.vcd.dump(cycle * 10 + 5);
<%- endif %>
<%- endif %>
        ++cycle;
        idle = moved ? 0 : idle + 1;
        if (!moved || cycle >= b.max_cycles) {
            if (b.n_resets && cycle < b.resets[b.n_resets - 1].start + b.resets[b.n_resets - 1].length) continue;
            bool done = idle >= b.drain;
<%- for s in sources %>
            done = done && s<<= s.index =>>_next >= s<<= s.index =>>.beats;
<%- endfor %>
<%- for k in sinks %>
            done = done && m.cycles[<<= k.index =>>].size() >= k<<= k.index =>>.expect;
<%- endfor %>
            if (done) return 0;
            if (idle >= b.watchdog) return 1;
            if (cycle >= b.max_cycles) return 2;
        }
    }
}
}  // namespace

#define NL_API __attribute__((visibility("default")))
extern "C" {
NL_API const char* nl_abi() { return "<<= abi =>>"; }

// fill: 0 zeros, 1 ones, 2 random of the seed. Power-on state is set before the model exists.
NL_API void* nl_new(int fill, int seed, const char* trace_file) {
    Model* m = new Model;
    m->context.randReset(fill);
    m->context.randSeed(seed);
    try {
        m->top = new <<= prefix =>>{&m->context};
<%- if trace %>
        m->context.traceEverOn(true);
        m->top->trace(&m->vcd, 99);
        m->vcd.open(trace_file);
<%- endif %>
        (void)trace_file;
    } catch (const std::exception& e) {
        m->error = e.what();
    }
    return m;
}
NL_API void nl_delete(void* p) { delete static_cast<Model*>(p); }
NL_API const char* nl_error(void* p) { return static_cast<Model*>(p)->error.c_str(); }

NL_API void nl_run(void* p, const Batch* b, Result* r) {
    Model& m = *static_cast<Model*>(p);
    if (m.error.empty()) {
        try {
            r->status = run(m, *b, r->cycles);
<%- if trace %>
            m.vcd.close();
<%- endif %>
        } catch (const std::exception& e) {
            m.error = e.what();
        }
    }
    r->n_breaches = m.breaches.size();
    r->breaches = m.breaches.data();
}
NL_API const uint64_t* nl_accepted(void* p, uint64_t source, uint64_t* n) {
    const auto& v = static_cast<Model*>(p)->accepted[source];
    *n = v.size();
    return v.data();
}
NL_API const uint64_t* nl_received(void* p, uint64_t sink, uint64_t* n) {
    const auto& v = static_cast<Model*>(p)->words[sink];
    *n = v.size();
    return v.data();
}
NL_API const uint64_t* nl_received_cycles(void* p, uint64_t sink, uint64_t* n) {
    const auto& v = static_cast<Model*>(p)->cycles[sink];
    *n = v.size();
    return v.data();
}
}

// Verilator's runtime asks for these when built to report instead of exiting.
void vl_fatal(const char* file, int line, const char*, const char* msg) {
    throw std::runtime_error(std::string(file) + ":" + std::to_string(line) + ": " + msg);
}
void vl_stop(const char* file, int line, const char* hier) { vl_fatal(file, line, hier, "$stop"); }
void vl_warn(const char* file, int line, const char* hier, const char* msg) { vl_fatal(file, line, hier, msg); }
