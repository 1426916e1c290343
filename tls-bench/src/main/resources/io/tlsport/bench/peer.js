// Node's server of one row, or its clients: node peer.js WORK CHUNK VERSION KEY CERT SUITES GROUPS CA PORT
'use strict';
const fs = require('fs');
const tls = require('tls');

const CHAINS = 4;
const [work, chunk, version, key, cert, ciphers, ecdhCurve, ca, port] = process.argv.slice(2);
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

function listen() {
  const server = tls.createServer(options, serve);
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1', () => console.log('PORT ' + server.address().port));
  process.stdin.on('data', () => {
    if (global.gc) {
      global.gc();
      global.gc();
    }
    console.log('HEAP ' + process.memoryUsage().heapUsed);
  });
}

// Connection after connection, from one line on standard input to the next.
function connect() {
  const secureContext = tls.createSecureContext({
    ca: fs.readFileSync(ca),
    minVersion: version,
    maxVersion: version,
    ciphers,
    ecdhCurve,
  });
  let running = false;
  let open = 0;
  const next = () => {
    const socket = tls.connect({ host: '127.0.0.1', port, servername: 'localhost', secureContext });
    socket.on('secureConnect', () => socket.write(data));
    socket.on('data', () => socket.end());
    socket.on('error', () => process.exit(1));
    socket.on('close', () => {
      if (running) {
        next();
      } else if (--open === 0) {
        console.log('STOPPED ' + port);
      }
    });
  };
  process.stdin.on('data', () => {
    running = !running;
    if (running) {
      open = CHAINS;
      for (let i = 0; i < CHAINS; i++) {
        next();
      }
    }
  });
  console.log('READY ' + port);
}

process.stdin.on('end', () => process.exit(0));
if (work === 'client') {
  connect();
} else {
  listen();
}
