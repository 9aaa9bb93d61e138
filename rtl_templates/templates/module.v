// <<= name =>>
<%- for line in header %>
//<%- if !line.is_empty() %> <<= line =>><%- endif %>
<%- endfor %>
`default_nettype none

module <<= name =>> (
<%- for port in ports %>
  <<= port =>>
<%- endfor %>
);
<%- for block in blocks %>
<<= blank =>>
<%- if !block.title.is_empty() %>
  // <<= block.title =>>
<%- endif %>
<%- for line in block.lines %>
  <<= line =>>
<%- endfor %>
<%- endfor %>

endmodule

`default_nettype wire
