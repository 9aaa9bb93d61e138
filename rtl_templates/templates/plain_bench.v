// Self-checking testbench of <<= top =>>: any Verilog-2005 simulator runs it.
// Frames follow each other; both sides stall at random. It prints PASS or FAIL and the number of beats.
`default_nettype none

module <<= top =>>_tb;
  reg clk = 1'b0;
  reg rst = 1'b1;
  reg [<<= in_bits =>>-1:0] x [0:<<= beats_in =>>-1];
  reg [<<= out_bits =>>-1:0] y [0:<<= beats_out =>>-1];
  reg [<<= out_bits =>>-1:0] mask [0:<<= beats_out =>>-1];
  reg [31:0] lfsr = 32'h1;
  reg [<<= in_bits =>>-1:0] beat = 0;
  reg valid = 1'b0;
  reg ready = 1'b0;
  integer sent = 0;
  integer got = 0;
  integer wrong = 0;
  integer cycle = 0;
  wire dut_ready;
  wire dut_valid;
  wire [<<= out_bits =>>-1:0] dut_beat;

  <<= top =>> u_dut (
<%- if clk %>
    .clk(clk),
<%- endif %>
<%- if rst %>
    .rst(rst),
<%- endif %>
    .<<= source =>>_tdata(beat[<<= in_bits =>>-2:0]),
    .<<= source =>>_tvalid(valid),
    .<<= source =>>_tlast(beat[<<= in_bits =>>-1]),
    .<<= source =>>_tready(dut_ready),
    .<<= sink =>>_tdata(dut_beat[<<= out_bits =>>-2:0]),
    .<<= sink =>>_tvalid(dut_valid),
    .<<= sink =>>_tlast(dut_beat[<<= out_bits =>>-1]),
    .<<= sink =>>_tready(ready)
  );

  always #5 clk = ~clk;

  initial begin
    $readmemh("<<= top =>>_x.hex", x);
    $readmemh("<<= top =>>_y.hex", y);
    $readmemh("<<= top =>>_mask.hex", mask);
  end

  // Inputs change at the falling edge, outputs are looked at just before the rising one.
  always @(negedge clk) begin
    cycle = cycle + 1;
    rst = cycle < 4;
    lfsr = {lfsr[30:0], lfsr[31] ^ lfsr[21] ^ lfsr[1] ^ lfsr[0]};
    if (!rst) begin
      if (!valid && sent < <<= beats_in =>> && lfsr[0]) begin
        beat = x[sent];
        valid = 1'b1;
      end
      ready = lfsr[3];
    end
    #4;
    if (!rst) begin
      if (dut_valid === 1'b1 && ready) begin
        if (got < <<= beats_out =>> && ((dut_beat ^ y[got]) & mask[got]) !== {<<= out_bits =>>{1'b0}}) begin
          if (wrong < 10) $display("beat %0d: %h instead of %h", got, dut_beat, y[got]);
          wrong = wrong + 1;
        end
        got = got + 1;
      end
      if (valid && dut_ready === 1'b1) sent = sent + 1;
    end
  end

  // After the edge a beat that moved makes room for the next.
  integer taken = 0;
  always @(posedge clk) begin
    #1;
    if (sent != taken) begin
      taken = sent;
      valid = 1'b0;
    end
    if (got >= <<= beats_out =>> || cycle > <<= limit =>>) begin
      if (wrong == 0 && got == <<= beats_out =>>) $display("PASS: %0d beats", got);
      else $display("FAIL: %0d beats, %0d wrong, %0d expected", got, wrong, <<= beats_out =>>);
      $finish;
    end
  end
endmodule

`default_nettype wire
