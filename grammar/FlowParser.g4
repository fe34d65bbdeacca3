// Grammar of the flow language. It takes somewhat more than the language: known
// mistakes have alternatives of their own (marked `mistake`), which
// frontend/parse reports in the user's words. The parser is run a statement at
// a time (rules `…Head`, `statement`), so that one mistake costs one statement;
// `file` shows how the pieces fit. Contexts are read by their labels only: no
// parse tree is built.
parser grammar FlowParser;

options { tokenVocab = FlowLexer; }

file : sep* (item (sep+ item)* sep*)? EOF ;

item
  : flowHead block
  | nodeHead (ASSIGN expr | block)
  | externDecl
  | schemaDecl
  | aliasDecl
  | statement
  ;

sep : NL | SEMI ;

// ---- declarations

flowHead   : FLOW name=word params=ports (ARROW results=flowResults)? ;
nodeHead   : NODE name=word params=ports (ARROW outputs=nodeOutputs)? ;
externDecl : pure=NAME? EXTERN NODE name=word params=ports (ARROW outputs=ports)?
             attributes+=attribute* ;
schemaDecl : SCHEMA name=word LBRACE (fields+=schemaField? (separators+=fieldSep fields+=schemaField?)*) RBRACE ;
aliasDecl  : NAME name=word ASSIGN type=typeExpr ;

// A flow's arrow names keys; a lone type is a mistake unless it is a bare name.
flowResults : LPAREN (items+=flowResult (COMMA items+=flowResult)* COMMA?)? RPAREN
            | type=typeExpr ;
flowResult  : name=word (COLON type=typeExpr)? ;
nodeOutputs : list=ports | type=typeExpr ;

ports : LPAREN (items+=port (COMMA items+=port)* COMMA?)? RPAREN ;
port  : mark=(IN | NAME)? name=word COLON type=typeExpr (ASSIGN value=expr)? ;

attribute    : name=NAME (LPAREN (arguments+=attributeArgument
                 (COMMA arguments+=attributeArgument)* COMMA?)? RPAREN)? ;
attributeArgument : first=word (DOT second=word)? | text=textLiteral ;

schemaField : name=word COLON type=typeExpr (ASSIGN value=expr)? (AS wire=textLiteral)? ;
fieldSep    : NL | SEMI | COMMA ;

// ---- types

typeExpr : parts+=typePostfix (BAR parts+=typePostfix)* ;
typePostfix : atom=typeAtom marks+=optionalMark* ;
optionalMark : QUESTION ;
typeAtom : name=(NAME | UNAME | NODE)
         | text=textLiteral
         | LBRACK element=typeExpr RBRACK
         | LPAREN inner=typeExpr RPAREN ;

// ---- statements and stages

block : LBRACE statements+=statement? (sep statements+=statement?)* RBRACE ;

statement
  : LET name=word (COLON type=typeExpr)? ASSIGN value=expr tail=chainTail?
  | ret=RETURN (value=expr tail=chainTail?)?
  | label=NAME TO_ACTION action=actionName (ops+=chainOp stages+=stage)*
  | spread=ELLIPSIS value=expr (COMMA entries+=recordEntry?)*      // mistake: record without type
  | stages+=stage ( op=(ASSIGN | OP_ASSIGN) value=expr tail=chainTail?
                  | colon=COLON value=expr (COMMA entries+=recordEntry?)*       // mistake
                  | (ops+=chainOp stages+=stage)* )
  ;

// mistake: a chain where an expression stands
chainTail : suffixes+=suffix+ (ops+=chainOp stages+=stage)* | (ops+=chainOp stages+=stage)+ ;

actionName : text=textLiteral | any=UNDERSCORE ;
chainOp    : first=GT second=GT NL? ;
stage      : (end=END | value=expr) suffixes+=suffix* ;

suffix
  : kind=WITH LPAREN (policies+=policy (COMMA policies+=policy)* COMMA?)? RPAREN
  | kind=ARROW (key=word | LBRACE (bindings+=binding (COMMA bindings+=binding)* COMMA?)? RBRACE)
  | kind=AS label=word
  ;
policy  : name=word COLON value=expr ;
binding : output=word COLON key=word ;

// ---- expressions, the tightest first

expr
  : left=expr post=postfix
  | op=MINUS right=expr
  | left=expr op=(STAR | SLASH | PERCENT) right=expr
  | left=expr op=(PLUS | MINUS) right=expr
  | left=expr op=COALESCE right=expr
  | left=expr (op=(EQ | NE | LT | LE | GE | IN) | op=GT NL?) right=expr
  | op=NOT right=expr
  | left=expr op=AND right=expr
  | left=expr op=OR right=expr
  | fn=lambdaHead right=expr
  | atom=primary
  ;

postfix
  : dot=(DOT | OPT_DOT) field=word
  | optional=QUESTION? LBRACK index=subscript RBRACK
  | LPAREN (arguments+=argument (COMMA arguments+=argument)* COMMA?)? close=RPAREN
  ;
subscript : from=expr (colon=COLON to=expr?)? | colon=COLON to=expr? ;
argument  : (name=word COLON)? value=expr ;

lambdaHead : (param=NAME | LPAREN (params+=parameter (COMMA params+=parameter)* COMMA?)? RPAREN)
             FAT_ARROW ;
parameter : name=NAME ;

primary
  : literal=(INT | FLOAT | DURATION | TRUE | FALSE | NONE | NAME | POISON)
  | text=textLiteral
  | typeName=UNAME record=recordBody?
  | LPAREN inner=expr RPAREN
  | list=LBRACK (items+=expr (COMMA items+=expr)* COMMA?)? RBRACK
  | conditional=ifExpr
  | braces=block
  ;

recordBody  : LBRACE (entries+=recordEntry (COMMA entries+=recordEntry)* COMMA?)? RBRACE ;
recordEntry : spread=ELLIPSIS value=expr | (name=word | text=textLiteral) COLON value=expr ;

ifExpr : IF conditions+=expr thens+=block (ELSE IF conditions+=expr thens+=block)*
         (ELSE otherwise=block)? ;

textLiteral
  : open=STR_OPEN parts+=templatePart* STR_CLOSE
  | open=BLOCK_OPEN parts+=templatePart* close=BLOCK_CLOSE
  | open=RAW_STR
  | open=RAW_BLOCK_OPEN parts+=templatePart* close=RAW_BLOCK_CLOSE
  ;
templatePart : text=(STR_TEXT | STR_ESCAPE) | INTERP_OPEN value=expr INTERP_CLOSE ;

// Reserved words are names after `.` and before `:`.
word
  : tok=(NAME | UNAME | FLOW | NODE | EXTERN | SCHEMA | IMPORT | AS | LET | IF | ELSE | MATCH | EACH
        | IN | PAR | REPEAT | UNTIL | RETURN | END | WITH | AND | OR | NOT | TRUE | FALSE | NONE
        | ASSERT)
  ;
