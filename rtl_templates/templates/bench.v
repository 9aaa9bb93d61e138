// Batch bench: the cycle loop of docs/stream.md around the design, four-state.
`default_nettype none

module nl_batch_bench;
  integer out, cycle, idle, reset_index;
  reg moved, in_reset, finished;
<%- if clk %>
  reg clk;
<%- endif %>
<%- if rst %>
  reg rst;
<%- endif %>
  reg [63:0] resets [0:<<= reset_words =>>];
<%- for s in sources %>

  // source <<= s.name =>>
  reg [<<= s.beat_bits =>>-1:0] s<<= s.index =>>_beats [0:<<= s.beats =>>];
  reg [0:0] s<<= s.index =>>_stall [0:<<= s.stall_bits =>>-1];
  integer s<<= s.index =>>_next;
  reg s<<= s.index =>>_offer, s<<= s.index =>>_fire;
  reg [<<= s.beat_bits =>>-1:0] s<<= s.index =>>_beat;
  wire s<<= s.index =>>_ready;
<%- endfor %>
<%- for k in sinks %>

  // sink <<= k.name =>>
  reg [0:0] k<<= k.index =>>_stall [0:<<= k.stall_bits =>>-1];
  integer k<<= k.index =>>_count;
  reg k<<= k.index =>>_waiting, k<<= k.index =>>_ready;
  reg [<<= k.beat_bits =>>-1:0] k<<= k.index =>>_held;
  wire k<<= k.index =>>_valid;
  wire [<<= k.beat_bits =>>-1:0] k<<= k.index =>>_beat;
<%- endfor %>

  <<= top =>> u_dut (
<%- for pin in pins %>
    <<= pin =>>

<%- endfor %>
  );

  initial begin
    out = $fopen("<<= out_file =>>", "w");
    $readmemh("resets.hex", resets);
<%- for s in sources %>
    $readmemh("s<<= s.index =>>_beats.hex", s<<= s.index =>>_beats);
    $readmemh("s<<= s.index =>>_stall.hex", s<<= s.index =>>_stall);
    s<<= s.index =>>_next = 0;
    s<<= s.index =>>_offer = 0;
<%- endfor %>
<%- for k in sinks %>
    $readmemh("k<<= k.index =>>_stall.hex", k<<= k.index =>>_stall);
    k<<= k.index =>>_count = 0;
    k<<= k.index =>>_waiting = 0;
<%- endfor %>
    cycle = 0;
    idle = 0;
    reset_index = 0;
    finished = 0;
<%- if clk %>
    clk = 0;
<%- endif %>
    while (!finished) begin
      if (reset_index < <<= n_resets =>> && cycle >= resets[reset_index * <<= reset_stride =>>] + resets[reset_index * <<= reset_stride =>> + 1])
        reset_index = reset_index + 1;
      in_reset = 0;
      if (reset_index < <<= n_resets =>>) in_reset = cycle >= resets[reset_index * <<= reset_stride =>>];
      if (in_reset && cycle == resets[reset_index * <<= reset_stride =>>]) begin
<%- for s in sources %>
        s<<= s.index =>>_next = resets[reset_index * <<= reset_stride =>> + 2 + <<= s.index =>>];
        s<<= s.index =>>_offer = 0;
<%- endfor %>
<%- for k in sinks %>
        k<<= k.index =>>_waiting = 0;
<%- endfor %>
      end
<%- if rst %>
      rst = in_reset;
<%- endif %>
<%- for s in sources %>
      s<<= s.index =>>_offer = !in_reset && (s<<= s.index =>>_offer || (s<<= s.index =>>_next < <<= s.beats =>> && !s<<= s.index =>>_stall[cycle % <<= s.stall_bits =>>]));
      s<<= s.index =>>_beat = s<<= s.index =>>_offer ? s<<= s.index =>>_beats[s<<= s.index =>>_next] : {<<= s.junk_words =>>{64'ha5a5a5a5a5a5a5a5}};
<%- endfor %>
<%- for k in sinks %>
      k<<= k.index =>>_ready = !in_reset && !k<<= k.index =>>_stall[cycle % <<= k.stall_bits =>>]<%- if k.after_valid %> && k<<= k.index =>>_waiting<%- endif %>;
<%- endfor %>
      #1;
      moved = in_reset;
<%- for s in sources %>
      s<<= s.index =>>_fire = 0;
      if (!in_reset && s<<= s.index =>>_ready === 1'bx) $fdisplay(out, "B %0d <<= s.index =>> 3", cycle);
      if (s<<= s.index =>>_offer && s<<= s.index =>>_ready === 1'b1) begin
        $fdisplay(out, "A <<= s.index =>> %0d", cycle);
        s<<= s.index =>>_fire = 1;
        moved = 1;
      end
<%- endfor %>
<%- for k in sinks %>
      if (!in_reset && k<<= k.index =>>_valid === 1'bx) $fdisplay(out, "B %0d <<= k.index =>> 2", cycle);
      if (!in_reset && k<<= k.index =>>_valid === 1'b1 && (^k<<= k.index =>>_beat) === 1'bx) $fdisplay(out, "B %0d <<= k.index =>> 2", cycle);
      if (k<<= k.index =>>_waiting) begin
        if (in_reset || k<<= k.index =>>_valid !== 1'b1) $fdisplay(out, "B %0d <<= k.index =>> 0", cycle);
        else if (k<<= k.index =>>_beat !== k<<= k.index =>>_held) $fdisplay(out, "B %0d <<= k.index =>> 1", cycle);
      end
      if (!in_reset && k<<= k.index =>>_valid === 1'b1 && k<<= k.index =>>_ready) begin
        $fdisplay(out, "R <<= k.index =>> %0d %h", cycle, k<<= k.index =>>_beat);
        k<<= k.index =>>_count = k<<= k.index =>>_count + 1;
        moved = 1;
      end
      k<<= k.index =>>_waiting = !in_reset && k<<= k.index =>>_valid === 1'b1 && !k<<= k.index =>>_ready;
      k<<= k.index =>>_held = k<<= k.index =>>_beat;
<%- endfor %>
<%- if clk %>
      clk = 1;
      #1;
      clk = 0;
<%- else %>
      #1;
<%- endif %>
<%- for s in sources %>
      if (s<<= s.index =>>_fire) begin
        s<<= s.index =>>_next = s<<= s.index =>>_next + 1;
        s<<= s.index =>>_offer = 0;
      end
<%- endfor %>
      cycle = cycle + 1;
      idle = moved ? 0 : idle + 1;
      if (cycle >= <<= resets_end =>>) begin
        if (idle >= <<= drain =>><%- for s in sources %> && s<<= s.index =>>_next >= <<= s.beats =>><%- endfor %><%- for k in sinks %> && k<<= k.index =>>_count >= <<= k.expect =>><%- endfor %>) begin
          $fdisplay(out, "E 0 %0d", cycle);
          finished = 1;
        end else if (idle >= <<= watchdog =>>) begin
          $fdisplay(out, "E 1 %0d", cycle);
          finished = 1;
        end else if (cycle >= <<= max_cycles =>>) begin
          $fdisplay(out, "E 2 %0d", cycle);
          finished = 1;
        end
      end
    end
    $fclose(out);
    $finish;
  end
endmodule

`default_nettype wire
