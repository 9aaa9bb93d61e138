// Self-checking testbench of <<= top =>>: any Verilog-2005 simulator runs it.
// Frames follow each other; all sides stall at random. It prints PASS or FAIL and the number of beats.
`default_nettype none

module <<= top =>>_tb;
  reg clk = 1'b0;
  reg rst = 1'b1;
  reg [31:0] lfsr = 32'h1;
  integer wrong = 0;
  integer cycle = 0;
<%- for s in sources %>

  // <<= s.name =>>
  reg [<<= s.bits =>>-1:0] <<= s.name =>>_beats [0:<<= s.beats =>>-1];
  reg [<<= s.bits =>>-1:0] <<= s.name =>>_beat = 0;
  reg <<= s.name =>>_valid = 1'b0;
  wire <<= s.name =>>_ready;
  integer <<= s.name =>>_sent = 0;
  integer <<= s.name =>>_taken = 0;
  initial $readmemh("<<= top =>>_<<= s.name =>>.hex", <<= s.name =>>_beats);
<%- endfor %>
<%- for s in sinks %>

  // <<= s.name =>>
  reg [<<= s.bits =>>-1:0] <<= s.name =>>_beats [0:<<= s.beats =>>-1];
  reg [<<= s.bits =>>-1:0] <<= s.name =>>_mask [0:<<= s.beats =>>-1];
  wire [<<= s.bits =>>-1:0] <<= s.name =>>_beat;
  wire <<= s.name =>>_valid;
  reg <<= s.name =>>_ready = 1'b0;
  integer <<= s.name =>>_got = 0;
  initial begin
    $readmemh("<<= top =>>_<<= s.name =>>.hex", <<= s.name =>>_beats);
    $readmemh("<<= top =>>_<<= s.name =>>_mask.hex", <<= s.name =>>_mask);
  end
<%- endfor %>

  <<= top =>> u_dut (
<%- if clk %>
    .clk(clk),
<%- endif %>
<%- if rst %>
    .rst(rst),
<%- endif %>
<%- for s in sources %>
    .<<= s.name =>>_tdata(<<= s.name =>>_beat[<<= s.bits =>>-2:0]),
    .<<= s.name =>>_tvalid(<<= s.name =>>_valid),
    .<<= s.name =>>_tlast(<<= s.name =>>_beat[<<= s.bits =>>-1]),
    .<<= s.name =>>_tready(<<= s.name =>>_ready),
<%- endfor %>
<%- for s in sinks %>
    .<<= s.name =>>_tdata(<<= s.name =>>_beat[<<= s.bits =>>-2:0]),
    .<<= s.name =>>_tvalid(<<= s.name =>>_valid),
    .<<= s.name =>>_tlast(<<= s.name =>>_beat[<<= s.bits =>>-1]),
    .<<= s.name =>>_tready(<<= s.name =>>_ready)<% if !loop.last %>,<% endif %>
<%- endfor %>
  );

  always #5 clk = ~clk;

  // Inputs change at the falling edge, outputs are looked at just before the rising one.
  always @(negedge clk) begin
    cycle = cycle + 1;
    rst = cycle < 4;
    if (!rst) begin
<%- for s in sources %>
      lfsr = {lfsr[30:0], lfsr[31] ^ lfsr[21] ^ lfsr[1] ^ lfsr[0]};
      if (!<<= s.name =>>_valid && <<= s.name =>>_sent < <<= s.beats =>> && lfsr[0]) begin
        <<= s.name =>>_beat = <<= s.name =>>_beats[<<= s.name =>>_sent];
        <<= s.name =>>_valid = 1'b1;
      end
<%- endfor %>
<%- for s in sinks %>
      lfsr = {lfsr[30:0], lfsr[31] ^ lfsr[21] ^ lfsr[1] ^ lfsr[0]};
      <<= s.name =>>_ready = lfsr[3];
<%- endfor %>
    end
    #4;
    if (!rst) begin
<%- for s in sinks %>
      if (<<= s.name =>>_valid === 1'b1 && <<= s.name =>>_ready) begin
        if (<<= s.name =>>_got < <<= s.beats =>> && ((<<= s.name =>>_beat ^ <<= s.name =>>_beats[<<= s.name =>>_got]) & <<= s.name =>>_mask[<<= s.name =>>_got]) !== {<<= s.bits =>>{1'b0}}) begin
          if (wrong < 10) $display("<<= s.name =>> beat %0d: %h instead of %h", <<= s.name =>>_got, <<= s.name =>>_beat, <<= s.name =>>_beats[<<= s.name =>>_got]);
          wrong = wrong + 1;
        end
        <<= s.name =>>_got = <<= s.name =>>_got + 1;
      end
<%- endfor %>
<%- for s in sources %>
      if (<<= s.name =>>_valid && <<= s.name =>>_ready === 1'b1) <<= s.name =>>_sent = <<= s.name =>>_sent + 1;
<%- endfor %>
    end
  end

  // After the edge a beat that moved makes room for the next.
  always @(posedge clk) begin
    #1;
<%- for s in sources %>
    if (<<= s.name =>>_sent != <<= s.name =>>_taken) begin
      <<= s.name =>>_taken = <<= s.name =>>_sent;
      <<= s.name =>>_valid = 1'b0;
    end
<%- endfor %>
    if ((<% for s in sinks %><<= s.name =>>_got >= <<= s.beats =>><% if !loop.last %> && <% endif %><% endfor %>) || cycle > <<= limit =>>) begin
      if (wrong == 0<% for s in sinks %> && <<= s.name =>>_got == <<= s.beats =>><% endfor %>) $display("PASS: %0d beats", <% for s in sinks %><<= s.name =>>_got<% if !loop.last %> + <% endif %><% endfor %>);
      else $display("FAIL: %0d beats, %0d wrong, %0d expected", <% for s in sinks %><<= s.name =>>_got<% if !loop.last %> + <% endif %><% endfor %>, wrong, <<= expected =>>);
      $finish;
    end
  end
endmodule

`default_nettype wire
