// Reads one JSON object a line; for each, shakes hands over loopback and prints what the judging side
// says of the other.
const tls = require('tls');
const side = (options) => {
  const made = {...options};
  for (const name of ['ca', 'crl']) if (!made[name].length && name === 'crl') delete made[name];
  for (const name of ['key', 'cert']) if (!made[name]) delete made[name];
  return made;
};
const code = (error) => String((error && error.code) || error || '-');
const run = (c) => new Promise((resolve) => {
  const versions = {minVersion: c.version, maxVersion: c.version};
  const server = tls.createServer({...side(c.server), ...versions}, (socket) => {
    socket.on('error', () => {});
    if (c.judge === 'server') {
      resolve(['secure', socket.authorized, code(socket.authorizationError)].join(' '));
    }
  });
  server.on('tlsClientError', (error) => {
    if (c.judge === 'server') resolve('error ' + code(error));
  });
  server.listen(0, '127.0.0.1', () => {
    const socket = tls.connect({
      host: '127.0.0.1', port: server.address().port, servername: 'localhost',
      ...side(c.client), ...versions});
    socket.on('secureConnect', () => {
      if (c.judge === 'client') {
        resolve(['secure', socket.authorized, code(socket.authorizationError)].join(' '));
      }
    });
    socket.on('error', (error) => { if (c.judge === 'client') resolve('error ' + code(error)); });
    c.done = () => { socket.destroy(); server.close(); };
  });
}).then((said) => { c.done(); return said; });
(async () => {
  const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter((line) => line);
  for (const line of lines) console.log(await run(JSON.parse(line)));
})();
