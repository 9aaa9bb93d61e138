// Self-checking testbench of <<= top =>>: any Verilog-2005 simulator runs it in the folder where it lies.
// <<= frames =>> frames follow each other; all sides stall at random. It prints PASS with the beats and bits that were compared, or FAIL and
// why, and then ends with a status that is not zero. A waveform: add +trace (or +trace=name.vcd) to the simulator's arguments.
`default_nettype none
`ifndef NL_MEM_DIR
`define NL_MEM_DIR "./"
`endif

module <<= top =>>_tb;
  reg clk = 1'b0;
  reg rst = 1'b1;
  reg [31:0] lfsr = 32'h1;
  reg [31:0] digest = 32'h0;
  reg [8*256-1:0] trace = 0;
  integer wrong = 0;
  integer bits = 0;
  integer cycle = 0;
  integer file = 0;
  integer i = 0;
<%- for s in sources %>

  // <<= s.name =>>
  reg [<<= s.bits =>>-1:0] <<= s.name =>>_beats [0:<<= s.beats =>>-1];
  reg [<<= s.bits =>>-1:0] <<= s.name =>>_beat = 0;
  reg <<= s.name =>>_valid = 1'b0;
  wire <<= s.name =>>_ready;
  integer <<= s.name =>>_sent = 0;
  integer <<= s.name =>>_taken = 0;
<%- endfor %>
<%- for s in sinks %>

  // <<= s.name =>>
  reg [<<= s.bits =>>-1:0] <<= s.name =>>_beats [0:<<= s.beats =>>-1];
  reg [<<= s.bits =>>-1:0] <<= s.name =>>_mask [0:<<= s.beats =>>-1];
  wire [<<= s.bits =>>-1:0] <<= s.name =>>_beat;
  wire <<= s.name =>>_valid;
  reg <<= s.name =>>_ready = 1'b0;
  integer <<= s.name =>>_got = 0;
<%- endfor %>

  // ROM contents once more, to see that they are those of this design.
<%- for f in files %><% if f.rom %>
  reg [<<= f.bits =>>-1:0] <<= f.memory =>> [0:<<= f.words =>>-1];
<%- endif %><% endfor %>

  <<= top =>> u_dut (
<%- if clk %>
    .clk(clk),
<%- endif %>
<%- if rst %>
    .rst(rst),
<%- endif %>
<%- for s in sources %>
    .<<= s.name =>>_tdata(<<= s.name =>>_beat[<<= s.width =>>-1:0]),
    .<<= s.name =>>_tvalid(<<= s.name =>>_valid),
<%- if s.last %>
    .<<= s.name =>>_tlast(<<= s.name =>>_beat[<<= s.width =>>]),
<%- endif %>
    .<<= s.name =>>_tready(<<= s.name =>>_ready),
<%- endfor %>
<%- for s in sinks %>
    .<<= s.name =>>_tdata(<<= s.name =>>_beat[<<= s.width =>>-1:0]),
    .<<= s.name =>>_tvalid(<<= s.name =>>_valid),
<%- if s.last %>
    .<<= s.name =>>_tlast(<<= s.name =>>_beat[<<= s.width =>>]),
<%- endif %>
    .<<= s.name =>>_tready(<<= s.name =>>_ready)<% if !loop.last %>,<% endif %>
<%- endfor %>
  );

  // A simulator's only portable way to end with an error is $stop; Icarus would end it with status 0.
  task fail_and_end;
    begin
`ifdef __ICARUS__
      $finish_and_return(1);
`else
      $stop;
      $finish;
`endif
    end
  endtask

  // A file that is not there reads as zeros or unknowns, with a mere warning.
  task must_exist;
    input [8*256-1:0] name;
    begin
      file = $fopen(name, "r");
      if (file == 0) begin
        $display("FAIL: cannot read %0s: run this in the folder of the testbench, see README.md", name);
        fail_and_end;
      end else $fclose(file);
    end
  endtask

  task add_to_digest;
    input [31:0] word;
    digest = ({digest[26:0], digest[31:27]} ^ word) * 32'h9e3779b1;
  endtask

  // Other vectors than those that came with it need other digests below.
  task must_match;
    input [31:0] expected;
    input [8*256-1:0] name;
    if (digest !== expected) begin
      $display("FAIL: %0s is not the file that this testbench was written with (digest %h instead of %h)", name, digest, expected);
      fail_and_end;
    end
  endtask

  initial begin
    if ($test$plusargs("trace")) begin
      if ($value$plusargs("trace=%s", trace)) $dumpfile(trace);
      else $dumpfile("<<= top =>>_tb.vcd");
      $dumpvars(0, <<= top =>>_tb);
    end
<%- for f in files %>
    must_exist(<<= f.path =>>);
    $readmemh(<<= f.path =>>, <<= f.memory =>>);
    digest = 32'h0;
    for (i = 0; i < <<= f.words =>>; i = i + 1) begin
<%- for c in f.chunks %>
      add_to_digest(<<= c =>>);
<%- endfor %>
    end
    must_match(32'h<<= f.digest =>>, "<<= f.name =>>");
<%- endfor %>
  end

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
      if (<<= s.name =>>_valid === 1'bx) begin
        if (wrong < 10) $display("<<= s.name =>>_tvalid is unknown in cycle %0d", cycle);
        wrong = wrong + 1;
      end
      if (<<= s.name =>>_valid === 1'b1 && <<= s.name =>>_ready) begin
        if (<<= s.name =>>_got < <<= s.beats =>>) begin
          if (((<<= s.name =>>_beat ^ <<= s.name =>>_beats[<<= s.name =>>_got]) & <<= s.name =>>_mask[<<= s.name =>>_got]) !== {<<= s.bits =>>{1'b0}}) begin
            if (wrong < 10) $display("<<= s.name =>> beat %0d: %h instead of %h", <<= s.name =>>_got, <<= s.name =>>_beat, <<= s.name =>>_beats[<<= s.name =>>_got]);
            wrong = wrong + 1;
          end
          for (i = 0; i < <<= s.bits =>>; i = i + 1) if (<<= s.name =>>_mask[<<= s.name =>>_got][i] === 1'b1) bits = bits + 1;
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
      if (wrong == 0 && bits == <<= bits =>><% for s in sinks %> && <<= s.name =>>_got == <<= s.beats =>><% endfor %>) begin
        $display("PASS: %0d beats, %0d bits compared", <% for s in sinks %><<= s.name =>>_got<% if !loop.last %> + <% endif %><% endfor %>, bits);
        $finish;
      end else begin
        $display("FAIL: %0d of <<= expected =>> beats, %0d wrong, %0d of <<= bits =>> bits compared", <% for s in sinks %><<= s.name =>>_got<% if !loop.last %> + <% endif %><% endfor %>, wrong, bits);
        fail_and_end;
      end
    end
  end
endmodule

`default_nettype wire
