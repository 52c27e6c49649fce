import{A as o,m as e,x as i,y as t,z as r}from"./parts-V4WNMIDA.mjs";export{e as EditorState,i as EditorView,r as highlightActiveLine,t as keymap,o as lineNumbers};
