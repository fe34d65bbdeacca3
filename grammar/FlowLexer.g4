// Tokens of the flow language. The input is bytes: the parser's stream hands out
// every byte outside ASCII as U+007F, so that offsets are byte offsets and each
// symbol is within the lexer's table; in code, characters that are meant as ASCII
// ones as these, U+0000 for a quote and U+0001 for several (frontend/habits). What the brackets decide (which `}` ends an
// interpolation, which newline counts) is done by frontend/parse/lex.cpp.
lexer grammar FlowLexer;

tokens { TO_ACTION, ON_ERROR, CASSETTE, STUB, BY, INTERP_CLOSE, POISON }

SPACE    : [ \t]+ -> skip ;
COMMENT  : '#' ~[\r\n]* ;
NL       : '\r'? '\n' ;

FLOW : 'flow' ;     NODE : 'node' ;     EXTERN : 'extern' ; SCHEMA : 'schema' ;
IMPORT : 'import' ; AS : 'as' ;         LET : 'let' ;       IF : 'if' ;
ELSE : 'else' ;     MATCH : 'match' ;   EACH : 'each' ;     IN : 'in' ;
PAR : 'par' ;       REPEAT : 'repeat' ; UNTIL : 'until' ;   RETURN : 'return' ;
BREAK : 'break' ;   CONTINUE : 'continue' ;
END : 'end' ;       WITH : 'with' ;     AND : 'and' ;       OR : 'or' ;
NOT : 'not' ;       TRUE : 'true' ;     FALSE : 'false' ;   NONE : 'none' ;
ASSERT : 'assert' ;

UNDERSCORE : '_' ;
NAME  : [a-z_] [A-Za-z0-9_]* ;
UNAME : [A-Z] [A-Za-z0-9_]* ;

INT      : DECIMAL | '0x' [0-9a-fA-F] ('_'? [0-9a-fA-F])* ;
FLOAT    : DECIMAL '.' DIGITS EXPONENT? | DECIMAL EXPONENT ;
DURATION : DECIMAL ('.' DIGITS)? ('ms' | 's' | 'm' | 'h' | 'd') ;

RAW_STR        : 'r"' ~["\r\n]* '"' ;
RAW_BLOCK_OPEN : 'r"""' -> pushMode(RAW_BLOCK) ;
STR_OPEN       : '"' -> pushMode(STR) ;
PASTED_QUOTE   : '\u0000' -> type(STR_OPEN), pushMode(STR) ;
BLOCK_OPEN     : '"""' -> pushMode(BLOCK) ;

LPAREN : '(' ; RPAREN : ')' ; LBRACK : '[' ; RBRACK : ']' ; LBRACE : '{' ; RBRACE : '}' ;
COMMA : ',' ; SEMI : ';' ; COLON : ':' ; ARROW : '->' ; FAT_ARROW : '=>' ;
ELLIPSIS : '...' ; DOT : '.' ; OPT_DOT : '?.' ; COALESCE : '??' ; QUESTION : '?' ; BAR : '|' ;
ASSIGN : '=' ; EQ : '==' ; NE : '!=' ; LE : '<=' ; GE : '>=' ; LT : '<' ; GT : '>' ;
PLUS : '+' ; MINUS : '-' ; STAR : '*' ; SLASH : '/' ; PERCENT : '%' ;

// What people write out of habit, to be answered with what to write here.
OP_ASSIGN     : ('+' | '-' | '*' | '/' | '%' | '??') '=' ;
FOREIGN_OP    : '&&' | '||' | '!' | '===' | '!==' | '<>' | '**' | '|>' ;
FENCE         : '```' ~[\r\n]* ;
BACKQUOTED    : '`' ~[`\r\n]+ '`' ;
PASTED_SIGN   : '\u0001' ;
SLASH_SLASH   : '//' ~[\r\n]* ;
SINGLE_QUOTED : '\'' ~['\r\n]* '\'' ;
RAW_STR_OPEN  : 'r"' ~["\r\n]* ;
BAD_NUMBER    : [0-9] [A-Za-z0-9_]* ('.' [0-9] [A-Za-z0-9_]*)? ;
BAD_NAME      : [A-Za-z_\u007F] [A-Za-z0-9_\u007F]* ;
UNKNOWN       : . ;

fragment DECIMAL  : '0' | [1-9] ('_'? [0-9])* ;
fragment DIGITS   : [0-9] ('_'? [0-9])* ;
fragment EXPONENT : [eE] [+-]? DIGITS ;

mode STR;
STR_TEXT    : ~["\\$\r\n\u0000]+ ;
STR_ESCAPE  : '\\' ('u{' [0-9A-Za-z]* '}' | ~[\r\n])? ;
STR_DOLLAR  : '$' -> type(STR_TEXT) ;
STR_CR      : '\r' -> type(STR_TEXT) ;
STR_INTERP  : '${' -> type(INTERP_OPEN), pushMode(DEFAULT_MODE) ;
STR_CLOSE   : '"' -> popMode ;
STR_PASTED  : '\u0000' -> type(STR_CLOSE), popMode ;
STR_NL      : '\r'? '\n' -> type(NL) ;

mode BLOCK;
BLOCK_TEXT   : ~["\\$]+ -> type(STR_TEXT) ;
BLOCK_ESCAPE : '\\' ('u{' [0-9A-Za-z]* '}' | ~[\r\n])? -> type(STR_ESCAPE) ;
BLOCK_DOLLAR : '$' -> type(STR_TEXT) ;
BLOCK_QUOTE  : '"' -> type(STR_TEXT) ;
INTERP_OPEN  : '${' -> pushMode(DEFAULT_MODE) ;
BLOCK_CLOSE  : '"""' -> popMode ;

mode RAW_BLOCK;
RAW_BLOCK_TEXT  : ~["]+ -> type(STR_TEXT) ;
RAW_BLOCK_QUOTE : '"' -> type(STR_TEXT) ;
RAW_BLOCK_CLOSE : '"""' -> popMode ;
