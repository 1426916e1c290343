// Reads one JSON object a line ({key, cert, ca, crl, client}); for each, shakes hands over loopback
// and prints the code by which the judging side refuses the other, or "good".
const tls = require('tls');
const judge = (c) => new Promise((resolve) => {
  const own = {key: c.ownKey, cert: c.ownCert, minVersion: 'TLSv1.3'};
  const shown = {key: c.key, cert: c.cert, minVersion: 'TLSv1.3'};
  const trust = {ca: c.ca, crl: c.crl.length ? c.crl : undefined, rejectUnauthorized: false};
  const told = (socket) => {
    const error = socket.authorizationError;
    resolve(socket.authorized ? 'good' : String(error && error.code || error));
  };
  const options = c.client ? {...own, ...trust, requestCert: true} : shown;
  const server = tls.createServer(options, (socket) => {
    socket.on('error', () => {});
    if (c.client) told(socket);
  });
  server.on('tlsClientError', (error) => resolve('server: ' + error.code));
  server.listen(0, '127.0.0.1', () => {
    const peer = c.client ? {...shown, rejectUnauthorized: false} : trust;
    const socket = tls.connect(
        {host: '127.0.0.1', port: server.address().port, checkServerIdentity: () => {}, ...peer});
    socket.on('secureConnect', () => { if (!c.client) told(socket); });
    socket.on('error', (error) => resolve('client: ' + error.code));
    c.done = () => { socket.destroy(); server.close(); };
  });
}).then((code) => { c.done(); return code; });
(async () => {
  const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter((line) => line);
  for (const line of lines) {
    const c = JSON.parse(line);
    try { console.log(await judge(c)); } catch (error) { console.log('not loaded'); }
  }
})();
