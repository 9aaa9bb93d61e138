// nl_stream_fifo_u1x8_d16
// block     stream_fifo: buffers beats in order
// computes  y[i] = x[i]
// config    bits=8 lanes=1 signed=false depth=16
// niello    0.1.0, config daedf8994f305cc2
// in  s_axis: 1 x 8 bits unsigned a beat, with a last mark
// out m_axis: 1 x 8 bits unsigned a beat, with a last mark
`default_nettype none

module nl_stream_fifo_u1x8_d16 (
  input  wire clk,
  input  wire rst,
  input  wire [7:0] s_axis_tdata,
  input  wire s_axis_tvalid,
  input  wire s_axis_tlast,
  output wire s_axis_tready,
  output wire [7:0] m_axis_tdata,
  output wire m_axis_tvalid,
  output wire m_axis_tlast,
  input  wire m_axis_tready
);

  reg [3:0] wr_q;
  reg [3:0] rd_q;
  reg [4:0] used_q;
  reg out_valid_q;
  reg [8:0] places_q;
  reg [8:0] places [0:15];

  // places: written at wr, read at rd, used of them in use
  wire out_valid_d = |used_q;

  // the output beat is the RAM's read register
  wire wr_en = s_axis_tvalid & (used_q != 5'd16);
  wire rd_en = out_valid_d & (~out_valid_q | m_axis_tready);
  wire [3:0] wr_d = wr_q + 4'd1;
  wire [3:0] rd_d = rd_q + 4'd1;
  wire [4:0] used_sum = used_q + 5'd1;
  wire [4:0] used_diff = used_q - 5'd1;
  assign m_axis_tdata = places_q[7:0];
  assign m_axis_tlast = places_q[8];

  always @(posedge clk) if (wr_en) begin
    places[wr_q] <= {s_axis_tlast, s_axis_tdata};
  end
  always @(posedge clk) if (rd_en) begin
    places_q <= places[rd_q];
  end

  assign s_axis_tready = used_q != 5'd16;
  assign m_axis_tvalid = out_valid_q;

  always @(posedge clk) begin
    if (rst) begin
      wr_q <= 4'd0;
    end else if (wr_en) begin
      wr_q <= wr_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      rd_q <= 4'd0;
    end else if (rd_en) begin
      rd_q <= rd_d;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      used_q <= 5'd0;
    end else if (wr_en ^ rd_en) begin
      used_q <= wr_en ? used_sum : used_diff;
    end
  end

  always @(posedge clk) begin
    if (rst) begin
      out_valid_q <= 1'd0;
    end else if (~out_valid_q | m_axis_tready) begin
      out_valid_q <= out_valid_d;
    end
  end

endmodule

`default_nettype wire
