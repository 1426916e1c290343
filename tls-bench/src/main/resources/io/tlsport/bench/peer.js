// Node's server of one row: node peer.js WORK CHUNK VERSION KEY CERT SUITES GROUPS
'use strict';
const fs = require('fs');
const tls = require('tls');

const [work, chunk, version, key, cert, ciphers, ecdhCurve] = process.argv.slice(2);
const data = Buffer.alloc(Number(chunk));
const options = {
  key: fs.readFileSync(key),
  cert: fs.readFileSync(cert),
  minVersion: version,
  maxVersion: version,
  ciphers,
  ecdhCurve,
};

function serve(socket) {
  socket.on('error', () => socket.destroy());
  if (work === 'echo') {
    socket.on('data', (piece) => socket.write(piece));
  } else if (work === 'answer') {
    socket.on('data', () => {
      for (let i = 0; i < 65536 / data.length; i++) {
        socket.write(data);
      }
    });
  } else if (work === 'receive') {
    socket.on('data', () => {});
  } else {
    const pump = () => {
      while (socket.write(data)) {
        // On, until it is full.
      }
    };
    socket.on('drain', pump);
    pump();
  }
}

const server = tls.createServer(options, serve);
server.on('tlsClientError', () => {});
server.listen(0, '127.0.0.1', () => console.log('PORT ' + server.address().port));

process.stdin.on('end', () => process.exit(0));
process.stdin.on('data', () => {
  if (global.gc) {
    global.gc();
    global.gc();
  }
  console.log('HEAP ' + process.memoryUsage().heapUsed);
});
