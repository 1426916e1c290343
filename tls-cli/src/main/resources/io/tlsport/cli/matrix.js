(function () {
  'use strict';
  var form = document.querySelector('form');
  var table = document.getElementById('rules');
  var rows = Array.prototype.slice.call(document.querySelectorAll('#rules tbody tr'));
  var status = document.querySelector('[role="status"]');

  function all(selector) { return Array.prototype.slice.call(form.querySelectorAll(selector)); }
  function checked(name) {
    return all('input[name="' + name + '"]').filter(function (box) { return box.checked; })
        .map(function (box) { return box.value; });
  }

  function showProviders() {
    var providers = checked('provider');
    Array.prototype.forEach.call(document.querySelectorAll('table.outcomes'), function (each) {
      each.style.setProperty('--columns', Math.max(1, providers.length));
    });
    Array.prototype.forEach.call(document.querySelectorAll('[data-provider]'), function (cell) {
      cell.hidden = providers.indexOf(cell.dataset.provider) < 0;
    });
  }

  function filter() {
    showProviders();
    if (!table) { return; }
    var text = form.elements.text.value.trim().toLowerCase();
    var contract = form.elements.contract.value;
    var outcomes = checked('outcome');
    var everyOutcome = outcomes.length === all('input[name="outcome"]').length;
    var shown = 0;
    var total = 0;
    var head = null;
    rows.forEach(function (row) {
      if (row.classList.contains('contract')) {
        head = row;
        head.hidden = true;
        return;
      }
      total++;
      var fits = (!contract || row.dataset.contract === contract)
          && (!text || row.dataset.text.indexOf(text) >= 0)
          && (everyOutcome || Array.prototype.some.call(row.cells, function (cell) {
            return cell.dataset.outcome && !cell.hidden && outcomes.indexOf(cell.dataset.outcome) >= 0;
          }));
      row.hidden = !fits;
      if (fits) {
        shown++;
        head.hidden = false;
      }
    });
    status.textContent = shown + ' of ' + total + ' rules';
  }

  function save() {
    var state = new URLSearchParams();
    if (table && form.elements.text.value) { state.set('text', form.elements.text.value); }
    if (table && form.elements.contract.value) { state.set('contract', form.elements.contract.value); }
    ['outcome', 'provider'].forEach(function (name) {
      var on = checked(name);
      if (on.length !== all('input[name="' + name + '"]').length) { state.set(name, on.join(',')); }
    });
    history.replaceState(null, '', '#' + state.toString());
  }

  function restore() {
    var state = new URLSearchParams(location.hash.slice(1));
    if (table) {
      form.elements.text.value = state.get('text') || '';
      form.elements.contract.value = state.get('contract') || '';
    }
    ['outcome', 'provider'].forEach(function (name) {
      var on = state.has(name) ? state.get(name).split(',') : null;
      all('input[name="' + name + '"]').forEach(function (box) {
        box.checked = on === null || on.indexOf(box.value) >= 0;
      });
    });
    filter();
  }

  function close() {
    Array.prototype.forEach.call(document.querySelectorAll('td button[aria-expanded="true"]'), function (button) {
      button.setAttribute('aria-expanded', 'false');
    });
  }

  function move(button, down, right) {
    var cell = button.closest('td');
    var row = cell.parentElement;
    var column = cell.cellIndex;
    var most = document.querySelectorAll('tr').length;
    for (var i = 0; i < most; i++) {
      if (down) {
        row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
      } else {
        column += right;
      }
      var next = row && row.cells[column];
      if (!row || (right && !next)) { return; }
      var target = !row.hidden && next && !next.hidden && next.querySelector('button');
      if (target) {
        target.focus();
        return;
      }
    }
  }

  form.addEventListener('input', function () { filter(); save(); });
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  window.addEventListener('hashchange', restore);
  document.addEventListener('click', function (event) {
    document.body.classList.remove('quiet');
    var button = event.target.closest('td button');
    var open = button && button.getAttribute('aria-expanded') === 'true';
    if (!event.target.closest('.reason')) { close(); }
    if (button) { button.setAttribute('aria-expanded', open ? 'false' : 'true'); }
  });
  document.addEventListener('pointermove', function () { document.body.classList.remove('by-keys'); });
  document.addEventListener('keydown', function (event) {
    var button = document.activeElement && document.activeElement.closest('td button');
    if (event.key === 'Escape') {
      close();
      document.body.classList.add('quiet');
      return;
    }
    document.body.classList.remove('quiet');
    if (event.key === '/' && table && document.activeElement.tagName !== 'INPUT') {
      event.preventDefault();
      form.elements.text.focus();
    } else if (button && event.key.indexOf('Arrow') === 0) {
      event.preventDefault();
      close();
      document.body.classList.add('by-keys');
      move(button, { ArrowDown: 1, ArrowUp: -1 }[event.key] || 0, { ArrowRight: 1, ArrowLeft: -1 }[event.key] || 0);
    }
  });
  form.hidden = false;
  restore();
})();
