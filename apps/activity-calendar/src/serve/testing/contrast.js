// Evaluated in the page: texts whose contrast with what is behind them is below 4.5 : 1 (WCAG 2.2, 1.4.3).
(() => {
  const parse = (color) => {
    const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (target) => {
    for (let element = target; element !== null; element = element.parentElement) {
      const color = parse(getComputedStyle(element).backgroundColor);
      if (color[3] === 1) return color;
      if (color[3] !== 0) throw new Error('half transparent backgrounds are not reckoned with');
    }
    return [255, 255, 255, 1];
  };
  const texts = [];
  for (const element of document.querySelectorAll('body *')) {
    const hasText = [...element.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim() !== '');
    const isField = element.matches('input, select, button');
    const { width, height } = element.getBoundingClientRect();
    if ((!hasText && !isField) || width <= 1 || height <= 1 || element.matches('option, noscript, noscript *'))
      continue;
    const [text, back] = [parse(getComputedStyle(element).color), behind(element)].map(luminance);
    const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    texts.push({ text: (element.textContent || element.id).trim().slice(0, 40), ratio });
  }
  return { count: texts.length, tooLow: texts.filter(({ ratio }) => ratio < 4.5) };
})();
