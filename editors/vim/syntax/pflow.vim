" Syntax of flow programs.
if exists('b:current_syntax')
  finish
endif

syntax case match
syntax match pflowOperator />>\|->\|=>\|??\|?\.\|\.\.\.\|[-+*\/%=<>!?|]/
syntax match pflowType /\<\u\w*/
syntax match pflowField /\.\zs[a-z_]\w*\ze\%(\s*(\)\@!/
syntax match pflowLabel /\%(\.\|\w\)\@<!\<[a-z_]\w*\ze\s*:/
syntax match pflowCall /\<[a-z_]\w*\ze\s*(/
syntax match pflowNumber /\<\d[0-9_]*\%(\.\d[0-9_]*\)\?\%([eE][-+]\?\d\+\)\?\%(ms\|[smhd]\)\?\>/
syntax match pflowNumber /\<0x[0-9a-fA-F_]\+\>/

" Behind a dot and before a colon, reserved words are names.
syntax match pflowDeclaration /\%(\.\|\w\)\@<!\<\%(flow\|node\|extern\|schema\|import\|let\|assert\)\>\%(\s*:\)\@!/
syntax match pflowDeclaration /^\s*\zsalias\ze\s\+\h\w*\s*=/
syntax match pflowDeclaration /^\s*\zs\%(test\|cassette\)\ze\s*r\?"/
syntax match pflowDeclaration /^\s*\zstype\ze\s\+\u/
syntax match pflowDeclaration /\%(\.\|\w\)\@<!\<by\ze\s\+\l\w*\s*(/
syntax match pflowDeclaration /^\s*\zsstub\ze\s\+\l/
syntax match pflowControl /\%(\.\|\w\)\@<!\<\%(as\|if\|else\|match\|each\|in\|par\|repeat\|until\|return\|break\|continue\|end\|with\)\>\%(\s*:\)\@!/
syntax match pflowControl /^\s*\zson error\ze\s*{/
syntax match pflowLogic /\%(\.\|\w\)\@<!\<\%(and\|or\|not\)\>\%(\s*:\)\@!/
syntax match pflowConstant /\%(\.\|\w\)\@<!\<\%(true\|false\|none\)\>\%(\s*:\)\@!/

syntax match pflowComment /#.*$/
syntax match pflowDocComment /^\s*\zs##\%( .*\)\?$/

syntax match pflowEscape /\\\%(u{[^}]*}\|.\)/ contained
syntax region pflowInterpolation matchgroup=pflowDelimiter start=/\${/ end=/}/ contained contains=TOP
syntax region pflowBraces start=/{/ end=/}/ transparent contains=TOP
syntax region pflowString start=/"/ end=/"\|$/ contains=pflowEscape,pflowInterpolation
syntax region pflowString start=/"""/ end=/"""/ contains=pflowEscape,pflowInterpolation
syntax match pflowString /\<r"[^"]*"/
syntax region pflowString start=/\<r"""/ end=/"""/
syntax sync minlines=200

highlight default link pflowComment Comment
highlight default link pflowDocComment SpecialComment
highlight default link pflowString String
highlight default link pflowEscape SpecialChar
highlight default link pflowDelimiter Delimiter
highlight default link pflowNumber Number
highlight default link pflowConstant Boolean
highlight default link pflowDeclaration Structure
highlight default link pflowControl Statement
highlight default link pflowLogic Operator
highlight default link pflowOperator Operator
highlight default link pflowType Type
highlight default link pflowCall Function
highlight default link pflowField Identifier
highlight default link pflowLabel Identifier

let b:current_syntax = 'pflow'
